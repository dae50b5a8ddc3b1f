// A run that is niced on a busy machine waits longer for each thing.
process.env.DATALAD_TEST_PATIENCE ??= '300000';
