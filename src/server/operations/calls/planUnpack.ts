import type { ArchivePlan } from '../../../protocol/archive';
import type { ParsedCallInput } from '../../../protocol/contract';
import { displayName } from '../../bytes';
import { type ILook, lookThrough } from '../archives/look';

/** Milliseconds; a tar has to be decompressed to tell what is in it. */
const PATIENCE = 20_000;
const SHOWN = 8;

/** What is in an archive; fails with `timeout` where that takes long to tell. */
export async function planUnpack(input: ParsedCallInput<'planUnpack'>, options: ILook): Promise<ArchivePlan> {
  const { contents } = await lookThrough(input, { ...options, timeout: PATIENCE });
  const { names, bytes, links, leading } = contents;
  return { files: names.length, bytes, links, leading: displayName(leading), names: names.slice(0, SHOWN).map(displayName) };
}
