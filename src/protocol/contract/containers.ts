import * as v from 'valibot';
import { ContainerCode, ContainerName, Containers, NewContainerName } from '../container';
import { call, job } from '../operation';
import { Runtime } from '../runtime';
import { inDataset, Word } from './inputs';

/** Images in which commands are run. */
export const containersCalls = {
  /** Containers registered in a dataset and in the subdatasets that are installed below it. */
  containers: call({ input: v.object(inDataset), output: Containers }),
  /** What would be run to get a command into a container. */
  containerCode: call({ input: v.object({ ...inDataset, container: ContainerName }), output: ContainerCode }),
  /** Which runtimes of containers are on this machine, and whether they work: each is started, so only somebody who wants to know asks. */
  runtimes: call({ input: v.object({}), output: v.array(Runtime) })
};

export const containersJobs = {
  /** Registers a container, or changes one; what it does not name stays as it was. */
  containersAdd: job({
    input: v.object({
      ...inDataset,
      name: NewContainerName,
      /** Where the image is copied or downloaded from; without it, it is at its place already. */
      url: v.optional(Word),
      /** Place of the image in the dataset, if not the usual one. */
      image: v.optional(Word),
      callFormat: v.optional(Word),
      extraInputs: v.optional(v.array(Word)),
      update: v.optional(v.boolean())
    }),
    lane: 'commit',
    siblings: false,
    commits: true
  }),
  /** Takes a container from a dataset; the content of its image stays in the annex. */
  containersRemove: job({
    input: v.object({ ...inDataset, name: NewContainerName, removeImage: v.optional(v.boolean()) }),
    lane: 'commit',
    siblings: false,
    commits: true
  })
};
