// Real tools on a busy machine: a step takes seconds. Jest knows this setting for all projects together only.
jest.setTimeout(120_000);
