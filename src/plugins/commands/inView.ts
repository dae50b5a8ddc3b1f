import type { ContentsPath } from '../../protocol/paths';
import type { ICurrentModel } from '../../tokens';

/** Holds a dataset in the panel that the file browser does not show; resolves when it is there, or cannot be. */
export async function inView(current: ICurrentModel, dataset: ContentsPath): Promise<void> {
  const settled = (): boolean =>
    current.state.summary?.dataset.path === dataset || ['failed', 'none', 'silent'].includes(current.state.phase);
  if (current.state.summary?.dataset.path === dataset) {
    return;
  }
  current.pin(dataset);
  await new Promise<void>(resolve => {
    const look = (): void => {
      if (settled()) {
        current.changed.disconnect(look);
        resolve();
      }
    };
    current.changed.connect(look);
    look();
  });
}
