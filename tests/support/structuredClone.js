// Every browser has it, jsdom has not; what is cloned in tests is plain.
const { deserialize, serialize } = require('node:v8');

globalThis.structuredClone ??= value => deserialize(serialize(value));
