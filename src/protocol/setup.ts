import * as v from 'valibot';
import { Health } from './health';
import { Person } from './identity';

const Word = v.nullable(v.string());

/** The name of an extension in `datalad.extensions.load`, as Python spells modules. */
export const ExtensionName = v.pipe(v.string(), v.regex(/^[A-Za-z_][\w.-]{0,63}$/u));

/** An extension of DataLad: installed, or named in the configuration. */
export const Extension = v.object({
  name: ExtensionName,
  /** The package it comes with and its version; null where it is configured, but not installed. */
  package: Word,
  version: Word,
  /** How often the user's own git configuration names it; more than once is a slip that does nothing. */
  times: v.number(),
  /** Another configuration names it, such as that of the machine: nothing here can turn it off. */
  elsewhere: v.boolean()
});
export type Extension = v.InferOutput<typeof Extension>;

/** With what DataLad works on this machine, and who it works for. */
export const Setup = v.object({
  health: Health,
  /** Version of the Python that has DataLad; null where that does not run. */
  python: Word,
  extensions: v.array(Extension),
  /** Who commits are made by: everywhere, and in the dataset in question where that says something of its own. */
  identity: v.object({ user: Person, dataset: v.nullable(Person) })
});
export type Setup = v.InferOutput<typeof Setup>;

/** Whether DataLad loads an extension by itself. */
export function isOn({ times, elsewhere }: Extension): boolean {
  return times > 0 || elsewhere;
}
