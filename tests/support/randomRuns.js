// How many cases a random test has: 10,000 in each run, more where FC_NUM_RUNS says so (`npm run test:long`).
const { configureGlobal } = require('fast-check');

configureGlobal({ numRuns: Number(process.env.FC_NUM_RUNS || 10_000) });
