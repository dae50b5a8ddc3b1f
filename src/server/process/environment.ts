import { isAbsolute } from 'node:path';

/** Variables of the Jupyter server that tools may see. Everything else, hub and Jupyter tokens first of all, stays behind. */
const ALLOWED = [
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'EMAIL',
  'TMPDIR',
  'TZ',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'SSH_AUTH_SOCK',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'XDG_CONFIG_HOME',
  'XDG_CACHE_HOME',
  'XDG_DATA_HOME',
  'XDG_STATE_HOME',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'LD_LIBRARY_PATH',
  // The types of files as the git-annex of PyPI knows them: see `node.py`.
  'MAGIC'
];

/** The environment of git, git-annex and DataLad: an allow-list, our environment's `bin` first on PATH, no questions on a terminal. */
export function toolEnvironment(outer: NodeJS.ProcessEnv, binaries: string | undefined): Record<string, string> {
  const env: Record<string, string> = {};
  for (const name of ALLOWED) {
    const value = outer[name];
    if (value !== undefined) {
      env[name] = value;
    }
  }
  // An empty or relative element stands for the folder a tool works in: a dataset could bring a `git` of its own.
  const folders = (outer['PATH'] ?? '/usr/local/bin:/usr/bin:/bin').split(':').filter(isAbsolute);
  const path = [...(binaries === undefined ? [] : [binaries]), ...folders].join(':');
  return {
    ...env,
    PATH: path,
    LC_ALL: env['LC_ALL'] ?? 'C.UTF-8',
    GIT_TERMINAL_PROMPT: '0',
    GIT_PAGER: 'cat',
    // Who has not told git an e-mail address: git-annex cannot note in its own branch where content is, and from then on every
    // command fails, which DataLad reports as "no annex'ed content". Commits of the user's still wait for a real identity.
    EMAIL: env['EMAIL'] ?? `${env['USER'] ?? env['LOGNAME'] ?? 'user'}@localhost`,
    PYTHONUNBUFFERED: '1'
  };
}

/** Variables of the hub and of Jupyter, and whatever is called a secret: nothing that a program of the user's needs. */
const WITHHELD = /^(?:JUPYTERHUB_|JPY_|CONFIGPROXY_|DATALAD_LAB_)|TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|CREDENTIAL/iu;

/**
 * The environment of programs that are the user's own, such as procedures: that of a terminal in JupyterLab, without the tokens. Our
 * environment's `bin` comes first, so that they meet the git-annex that made what they work on.
 */
export function terminalEnvironment(outer: NodeJS.ProcessEnv, binaries: string | undefined): Record<string, string> {
  const tools = toolEnvironment(outer, binaries);
  const env = Object.entries(outer).filter(([name, value]) => value !== undefined && !WITHHELD.test(name));
  return {
    ...(Object.fromEntries(env) as Record<string, string>),
    PATH: tools['PATH'] ?? '',
    LC_ALL: tools['LC_ALL'] ?? 'C.UTF-8',
    EMAIL: tools['EMAIL'] ?? '',
    GIT_TERMINAL_PROMPT: '0',
    PYTHONUNBUFFERED: '1',
    PYTHONIOENCODING: 'utf-8:surrogateescape',
    // What is saved from code in there would wait for this job, and this job for it: see `kernel/work.py`.
    DATALAD_LAB_RECORDED: '1'
  };
}
