import type { Runtime, RuntimeName } from './runtime';

/** What an image has to be for a call format: what apptainer builds, what DataLad keeps of a Docker image, or an archive. */
export type ImageForm = 'sif' | 'dhub' | 'archive' | 'tar';

/** A call format that somebody may begin with. */
export interface ICallPreset {
  readonly runtime: RuntimeName;
  readonly image: ImageForm;
  /** With the options that a runtime needs on the machine at hand. */
  format(options: readonly string[]): string;
}

/**
 * Unpacks an archive of a root into a folder of its own, starts the command in it, and removes it again. `$0` is the dataset, which is seen
 * in the container at its own place; the command comes as words, so that nothing in it is read twice.
 */
function inUnpacked(start: string): string {
  const script = [
    'i=$1',
    'shift',
    'r=$(mktemp -d)',
    'trap "chmod -R u+w \\"\\$r\\"; rm -rf \\"\\$r\\"" EXIT',
    'trap exit INT TERM',
    `tar -xf "$i" -C "$r" && ${start} "$@"`
  ].join('; ');
  return `sh -c '${script}' "{{dspath}}" {img} {cmd}`;
}

export const CALL_PRESETS: readonly ICallPreset[] = [
  { runtime: 'apptainer', image: 'sif', format: () => 'apptainer exec {img} {cmd}' },
  { runtime: 'singularity', image: 'sif', format: () => 'singularity exec {img} {cmd}' },
  { runtime: 'docker', image: 'dhub', format: () => '{python} -m datalad_container.adapters.docker run {img} {cmd}' },
  {
    runtime: 'podman',
    image: 'archive',
    format: options =>
      ['podman run --rm -i', ...options, '-v "{{dspath}}":"{{dspath}}" -w "$PWD" docker-archive:{img} {cmd}'].join(' ')
  },
  {
    runtime: 'bubblewrap',
    image: 'tar',
    format: () =>
      inUnpacked(
        'bwrap --die-with-parent --bind "$r" / --dev-bind /dev /dev --ro-bind /proc /proc --tmpfs /tmp --bind "$0" "$0" --chdir "$PWD"'
      )
  },
  { runtime: 'proot', image: 'tar', format: () => inUnpacked('proot -r "$r" -b /dev -b /proc -b "$0" -w "$PWD"') }
];

/** The same, those first that work here, then those that may; what is known to fail comes last. */
export function presetsFor(runtimes: readonly Runtime[]): readonly (ICallPreset & { readonly state: Runtime | null })[] {
  const known = CALL_PRESETS.map(preset => ({ ...preset, state: runtimes.find(({ name }) => name === preset.runtime) ?? null }));
  const order = { works: 0, untried: 1, fails: 2 } as const;
  return known.sort((one, other) => order[one.state?.start ?? 'untried'] - order[other.state?.start ?? 'untried']);
}
