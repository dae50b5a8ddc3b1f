import * as v from 'valibot';

const GIGABYTE = 1024 ** 3;

/** What `schema/commands.json` declares. */
export const CommandSettings = v.object({
  largeTransfer: v.fallback(v.pipe(v.number(), v.minValue(0)), GIGABYTE)
});
