const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** Bytes as the size column of JupyterLab's file browser writes them: 5,000,000 is "4.8 MB". */
export function formatSize(bytes: number): string {
  if (bytes < 1) {
    return '0 B';
  }
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  return `${parseFloat((bytes / 1024 ** step).toFixed(1))} ${UNITS[step]}`;
}
