const CHECKPOINTS = /(?:^|\/)\.ipynb_checkpoints(?:\/|$)/u;

/** Whether a path is that of JupyterLab's folder of checkpoints, or of something in it: its own copies of open files, which nobody wants to save. */
export function isCheckpoint(path: string): boolean {
  return CHECKPOINTS.test(path);
}
