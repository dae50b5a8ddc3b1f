// Milliseconds for one test: on a busy machine a step of real tools takes seconds, and so do ten thousand random cases. Jest knows this
// setting for all projects together only.
jest.setTimeout(Number(process.env.DATALAD_TEST_TIMEOUT ?? 120_000));
