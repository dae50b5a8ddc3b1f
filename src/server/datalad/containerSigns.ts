import type { ISign } from './failures';

/** What DataLad says of containers, and Docker through it when it makes an image (`dhub://`), and what it means. Real samples are in `failures.spec.ts`. */
export const CONTAINER_SIGNS: readonly ISign[] = [
  {
    kind: 'no-container',
    pattern: /^(?:.*\b)?Container selection impossible: /mu,
    message: 'There is no container of this name.',
    hint: 'See which there are.'
  },
  {
    kind: 'no-container-service',
    pattern: /^Cannot connect to the Docker daemon|trying to connect to the (?:Docker daemon socket|docker API)/mu,
    message: 'The service of Docker does not run here, or you may not use it.',
    hint: 'Ask who runs this machine, or make the image elsewhere and register its file.'
  },
  {
    kind: 'not-at-address',
    pattern: /^Error response from daemon: (?:manifest for \S+ not found|pull access denied for )/mu,
    message: 'There is no image of this name.',
    hint: 'Check the name and the tag.'
  },
  {
    kind: 'no-remote-access',
    pattern: /^Error response from daemon: (?:Get|Head) "[^"\n]*": /mu,
    message: 'The registry of images cannot be reached.',
    hint: 'Check the network connection.'
  }
];
