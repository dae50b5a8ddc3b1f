import { toJsonSchema } from '@valibot/to-json-schema';
import type { ReadonlyJSONObject } from '@lumino/coreutils';
import type { ArgumentSchema } from './command';

/** JSON Schema of a command's arguments. Checks that it cannot say, such as that of contents paths, are left to the parser. */
export function describeArguments(schema: ArgumentSchema): ReadonlyJSONObject {
  const { $schema, ...described } = toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore' });
  return JSON.parse(JSON.stringify(described));
}
