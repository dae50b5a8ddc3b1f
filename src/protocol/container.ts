import * as v from 'valibot';
import { Row } from './dataset';
import { ContentsPath } from './paths';

/** A name that `containers-add` takes; those of subdatasets have the names of these and slashes before it. */
export const NewContainerName = v.pipe(v.string(), v.maxLength(100), v.regex(/^[0-9A-Za-z-]+$/u));

/** The name of any container, as `containers-run -n` takes it. */
export const ContainerName = v.pipe(v.string(), v.maxLength(1_000), v.regex(/^[^-\0\r\n][^\0\r\n]*$/u));

/** How an address of an image begins; null for a path on this machine, `other` where DataLad can get no image from it. */
export type ImageScheme = 'web' | 'shub' | 'dhub' | 'docker' | 'other';
export function imageScheme(source: string): ImageScheme | null {
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//iu.exec(source) ?? [];
  switch (scheme?.toLowerCase()) {
    case undefined:
      return source.startsWith('-') || /[\p{Cc}]/u.test(source) ? 'other' : null;
    case 'http':
    case 'https':
    case 'ftp':
    case 's3':
      return 'web';
    case 'shub':
    case 'dhub':
    case 'docker':
      return scheme?.toLowerCase() as ImageScheme;
    default:
      return 'other';
  }
}

/** A container that is registered in a dataset, or in a subdataset that is installed below it. */
export const Container = v.object({
  /** As `containers-run -n` takes it: names of subdatasets, as `.gitmodules` has them, stand before that of the container. */
  name: v.string(),
  /** The dataset it is registered in. */
  dataset: ContentsPath,
  /** Place of the image, relative to that dataset, for people. */
  imagePath: v.string(),
  /** What is there; null: nothing, or it lies outside of the dataset. */
  image: v.nullable(Row),
  /** How a command is run in it; without one the image itself is the program. */
  callFormat: v.optional(v.string()),
  /** Where an update comes from, if DataLad noted that. */
  updateUrl: v.optional(v.string()),
  /** What else the call needs, besides the image; may hold placeholders. */
  extraInputs: v.array(v.string()),
  /** Some of it is set for this clone or this user alone, and does not travel with the dataset. */
  local: v.optional(v.literal(true))
});
export type Container = v.InferOutput<typeof Container>;

export const Containers = v.object({
  /** Those of the dataset itself first. */
  containers: v.array(Container),
  /** More subdatasets are installed than were looked into. */
  truncated: v.boolean()
});
export type Containers = v.InferOutput<typeof Containers>;

/** What gets a command into a container beside its call format, as it is now. */
export const ContainerCode = v.object({
  /** Files of its dataset that the call format names; without a text where there is no such file, or none that could be read by anybody. */
  scripts: v.array(v.object({ file: v.string(), text: v.nullable(v.string()) })),
  /** Stands for the call format, the place of the image and the scripts. */
  fingerprint: v.string()
});
export type ContainerCode = v.InferOutput<typeof ContainerCode>;
