import type { FailureKind } from '../../protocol/failure';
import { failureOf } from './failures';

const COMMAND = 'git -c diff.ignoreSubmodules=none -c core.quotepath=false';

/** As printed by DataLad 1.7.1, git-annex 10.20261026 and git 2.39.5, with shortened paths. */
const SAMPLES: readonly (readonly [FailureKind, string])[] = [
  ['not-at-address', 'DownloadError(Access to http://example.org/a has failed: not found)'],
  ['not-at-address', 'AccessDeniedError(Access to http://example.org/a has failed: status code 410)'],
  ['needs-credential', 'AccessDeniedError(Access to http://example.org/a has failed: status code 401)'],
  ['no-remote-access', 'AccessDeniedError(Access to http://example.org/a has failed: status code 429)'],
  ['no-remote-access', 'AccessFailedError(Access to http://example.org/a has failed: status code 500)'],
  [
    'no-remote-access',
    "AccessFailedError(Failed to establish a new session in 1 attempt) -caused by- HTTPConnectionPool(host='nosuch.invalid', port=80): Max retries exceeded with url: /x (Caused by NameResolutionError(\"HTTPConnection(host='nosuch.invalid', port=80): Failed to resolve 'nosuch.invalid' ([Errno -2] Name or service not known)\"))"
  ],
  ['no-remote-access', 'Could not connect to the endpoint URL: "https://bucket.s3.amazonaws.com/x"'],
  ['no-remote-access', 'Transfer of http://example.org/a was interrupted (10 Bytes of 1.0 kB stored)'],
  ['no-space', 'Ran out of space while downloading http://example.org/a into /ds/a (1.0 MB of 5.0 MB stored)'],
  ['bad-url', 'AccessFailedError(Failed to establish a new session in 1 attempt) -caused by- Exceeded 30 redirects.'],
  [
    'bad-url',
    "AccessFailedError(Failed to establish a new session in 1 attempt) -caused by- No connection adapters were found for 'file:///etc/passwd'"
  ],
  ['bad-url', "(Caused by SSLError(SSLError(1, '[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)')))"],
  [
    'untrusted-certificate',
    "(Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:1006)')))"
  ],
  [
    'tool-missing',
    "Failed to establish a new session in 1 attempt. For ftp:// support, install requests_ftp -caused by- No connection adapters were found for 'ftp://127.0.0.1/x'"
  ],
  [
    'other-content',
    'while adding a new url to an already annexed file, url does not have expected file size (use --relaxed to bypass this check) http://example.org/a'
  ],
  ['not-at-address', 'while adding a new url to an already annexed file, failed to verify url exists: http://example.org/a'],
  ['no-remote-access', 'Configuration of annex.security.allowed-ip-addresses does not allow accessing address 127.0.0.1'],
  ['in-the-way', 'DownloadError(Path /ds/sub/x.bin already exists)'],
  [
    'last-copy',
    'unsafe; Could not verify the existence of the 1 necessary copy.; (Use --reckless availability to override this check, or adjust numcopies.)'
  ],
  ['last-copy', 'unsafe\nCould only verify the existence of 1 out of 2 necessary copies\n(Use --force to override this check)'],
  [
    'last-copy',
    'to-be-dropped dataset has revisions that are not available at any known sibling. Use `datalad push --to ...` to push these before dropping the local dataset, or ignore via `--reckless availability`. Unique revisions: master'
  ],
  ['modified-content', 'cannot drop modified content, save first'],
  ['tool-too-old', 'git-annex: Repository /ds is at unsupported version 99. Upgrade git-annex.'],
  [
    'needs-upgrade',
    'git-annex: Repository /ds is at unsupported version 5. Automatic upgrade is disabled by annex.autoupgraderepository configuration. To upgrade this repository: git-annex upgrade'
  ],
  ['needs-upgrade', 'git-annex: Repository /ds is at unsupported version 0. Upgrade this repository: git-annex upgrade'],
  [
    'damaged-repository',
    'git-annex: This repository has annex.uuid set, but annex.version is not set. Perhaps that git config was lost. Cannot use the repository in this state; set back annex.version to fix this.'
  ],
  ['no-container', '[ERROR] Container selection impossible: not specified, ambiguous or unknown (known containers are: nilearn)'],
  ['in-the-way', '[ERROR] refuse to perform actions that would remove the current working directory'],
  [
    'no-identity',
    "It is highly recommended to configure Git before using DataLad. Set both 'user.name' and 'user.email' configuration variables."
  ],
  [
    'not-a-dataset',
    "[ERROR] NoDatasetFound(No dataset found at '/tmp/x' for the purpose 'report status'.  Specify a dataset to work with by providing its path via the `dataset` option)"
  ],
  ['not-annexed', 'cannot drop untracked content, save first'],
  ['not-annexed', 'File unknown to git'],
  ['not-here', 'no content present; cannot unlock'],
  ['subdatasets-present', 'cannot drop dataset, subdataset(s) still present (forgot --recursive?): /ds/sub'],
  ['content-unavailable', 'not available'],
  ['content-unavailable', 'failed to retrieve content from remote\nfailed to retrieve content from remote'],
  [
    'long-name',
    '.git/annex/othertmp/ingest-LLLL242e-1-1a451ae: openFdAt template ingest-LLLL: invalid argument (File name too long)'
  ],
  ['transfer-busy', 'transfer already in progress, or unable to take transfer lock'],
  ['no-space', 'not enough free space, need 121.98 MB more (use --force to override this check or adjust annex.diskreserve)'],
  [
    'no-space',
    `CommandError: '${COMMAND} annex add --json -- big' failed with exitcode 1 under /ds\n[err: 'cp: error copying '.git/annex/objects/J6/1V/KEY/KEY' to 'big': No space left on device\nerror: external filter 'git-annex filter-process' failed']`
  ],
  [
    'no-space',
    `Failed to clone from any candidate source URL. Encountered errors per each url were:\n- /S\n  CommandError: '${COMMAND} clone --progress /S /c2' failed with exitcode 128 [err: 'Cloning into '/c2'...\nerror: copy-fd: write returned: No space left on device']`
  ],
  ['no-space', 'git: write error: Disk quota exceeded\nfatal: unable to write new index file'],
  ['no-space', 'git-annex: .git/annex/tmp/KEY: hPutBuf: resource exhausted (Disk quota exceeded)'],
  [
    'no-space',
    `CommandError: '${COMMAND} annex get -- large.bin' failed with exitcode 153 [err: 'error: git-annex died of signal 25']`
  ],
  ['no-space', 'fatal: write error: File too large'],
  [
    'not-found',
    'a.bin: download failed: Not Found\ngit-annex: getCurrentDirectory:getWorkingDirectory: does not exist (Current working directory no longer exists)'
  ],
  [
    'merge-in-progress',
    `CommandError: '${COMMAND} commit -m m -- m.txt' failed with exitcode 128 [err: 'fatal: cannot do a partial commit during a merge.']`
  ],
  [
    'locked',
    `CommandError: '${COMMAND} commit -m m' failed with exitcode 128 [err: 'fatal: Unable to create '/ds/.git/index.lock': File exists.\n\nAnother git process seems to be running in this repository, e.g.\nan editor opened by 'git commit'.']`
  ],
  [
    'other-owner',
    `CommandError: '${COMMAND} for-each-ref' failed with exitcode 128 [err: 'fatal: detected dubious ownership in repository at '/ds'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory /ds']`
  ],
  [
    'other-owner',
    `Failed to clone from any candidate source URL. Encountered errors per each url were:\n- /ds\n  CommandError: failed with exitcode 128 [err: 'fatal: detected dubious ownership in repository at '/ds/.git'\nfatal: Could not read from remote repository.']`
  ],
  [
    'no-identity',
    `CommandError: '${COMMAND} commit -m m' failed with exitcode 128 [err: 'Author identity unknown\n\n*** Please tell me who you are.\n\nfatal: unable to auto-detect email address (got 'root@vm.(none)')']`
  ],
  ['read-only', "could not create work tree dir '/t/c2': Read-only file system"],
  ['read-only', "[Errno 30] Read-only file system: '/t/c4'"],
  ['needs-credential', "fatal: could not read Username for 'http://127.0.0.1:46443': terminal prompts disabled"],
  ['needs-credential', "fatal: Authentication failed for 'http://127.0.0.1:46443/401/'"],
  ['needs-credential', "fatal: unable to access 'http://127.0.0.1:46443/403/': The requested URL returned error: 403"],
  ['needs-credential', 'git@example.org: Permission denied (publickey,password).\nfatal: Could not read from remote repository.'],
  ['needs-credential', 'Host key verification failed.\nfatal: Could not read from remote repository.'],
  [
    'permission-denied',
    'failed to retrieve content from remote\ngit-annex: .git/annex/transfer/failed: createDirectory: permission denied (Permission denied)'
  ],
  ['permission-denied', 'git-annex: .git/annex/keysdb.lck: openFdAt: permission denied (Permission denied)'],
  ['permission-denied', "could not create work tree dir '/d/no': Permission denied"],
  ['permission-denied', "[Errno 13] Permission denied: '/d/no'"],
  [
    'needs-credential',
    'download failed: user error (git ["--git-dir=.git","--literal-pathspecs","-c","annex.retry=1","credential","fill"] exited 128)\nfailed to download content'
  ],
  ['needs-credential', 'download failed: Forbidden\nfailed to download content'],
  ['content-unavailable', 'download failed: Not Found\nfailed to download content'],
  ['content-unavailable', 'download failed: Found\nfailed to download content'],
  ['no-remote-access', 'download failed: Internal Server Error\nfailed to download content'],
  [
    'untrusted-certificate',
    "fatal: unable to access 'https://127.0.0.1:1/x/': server certificate verification failed. CAfile: none CRLfile: none"
  ],
  ['bad-url', "fatal: transport 'ext' not allowed"],
  ['bad-url', "fatal: strange hostname '-oProxyCommand=x' blocked"],
  [
    'not-found',
    "Remote 'nosuch' is not available. Command failed:\nRemoteNotAvailableError: 'annex get --from=nosuch -c annex.retry=1 --json'"
  ],
  ['not-found', 'path does not exist'],
  ['no-remote-access', "fatal: unable to access 'http://no-such-host.invalid/x/': Could not resolve host: no-such-host.invalid"],
  [
    'no-remote-access',
    "fatal: unable to access 'http://127.0.0.1:1/x/': Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server"
  ],
  [
    'no-remote-access',
    "fatal: unable to access 'https://127.0.0.1:46443/x/': gnutls_handshake() failed: An unexpected TLS packet was received."
  ],
  [
    'no-remote-access',
    'Failed to clone from all attempted sources: ssh://127.0.0.1:1/x\nssh: connect to host 127.0.0.1 port 1: Connection refused'
  ],
  ['no-remote-access', 'ssh: Could not resolve hostname no-such-host.invalid: Name or service not known'],
  [
    'no-container-service',
    "CommandError: 'docker pull tiny:latest' failed with exitcode 1\nCannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"
  ],
  [
    'no-container-service',
    "CommandError: 'docker pull tiny' failed with exitcode 1\npermission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: dial unix /var/run/docker.sock: connect: permission denied"
  ],
  [
    'not-at-address',
    "CommandError: 'docker pull tiny:nosuch' failed with exitcode 1\nError response from daemon: manifest for tiny:nosuch not found: manifest unknown: manifest unknown"
  ],
  [
    'no-remote-access',
    'CommandError: \'docker pull tiny\' failed with exitcode 1\nError response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 10.0.0.1:53: no such host'
  ],
  ['content-unavailable', 'Unable to access these remotes: origin'],
  ['no-remote-access', 'cannot access remote'],
  ['not-empty', 'will not create a dataset in a non-empty directory, use `--force` option to ignore'],
  ['not-empty', 'target path already exists and not empty, refuse to clone into target path'],
  ['not-empty', 'collision with content in parent dataset at /c: /c/sub'],
  ['not-empty', 'collision with /c/sub (dataset) in dataset /c'],
  ['not-empty', "fatal: destination path '/c' already exists and is not an empty directory."],
  [
    'clone-failed',
    `Failed to clone from any candidate source URL. Encountered errors per each url were:\n- /nosuch\n  CommandError: '${COMMAND} clone --progress /nosuch /c2' failed with exitcode 128 [err: 'fatal: repository '/nosuch' does not exist']`
  ],
  [
    'clone-failed',
    "Failed to clone from any candidate source URL. Encountered errors per each url were:\n- osf://abcde\n[DATALAD-ANNEX] fatal: couldn't find remote refs (repository deposit does not exist, or is inaccessible"
  ],
  ['clone-failed', 'Failed to clone from all attempted sources: git@example.org:x'],
  ['not-a-dataset', 'No installed dataset found at /ds'],
  ['not-a-dataset', 'path not underneath the reference dataset Dataset(/ds)'],
  [
    'damaged-repository',
    `CommandError: '${COMMAND} ls-files --stage -z' failed with exitcode 128 [err: 'fatal: .git/index: index file smaller than expected']`
  ],
  [
    'damaged-repository',
    'error: object file .git/objects/ab/cd is empty\nfatal: loose object abcd (stored in .git/objects/ab/cd) is corrupt'
  ],
  [
    'damaged-repository',
    `CommandError: '${COMMAND} config -z -l --file .gitmodules' failed with exitcode 128 [err: 'fatal: bad config line 2 in file .gitmodules']`
  ],
  [
    'damaged-repository',
    `CommandError: '${COMMAND} commit -m m' failed with exitcode 128 [err: 'fatal: cannot lock ref 'HEAD': unable to resolve reference 'refs/heads/main': reference broken']`
  ],
  [
    'damaged-repository',
    'git-annex: sqlite worker thread for .git/annex/keysdb/db crashed: user error (SQLite3 returned ErrorNotAConnection while attempting to perform prepare "SELECT null from content limit 1": file is not a database(while opening sqlite database .git/annex/keysdb/db connection))'
  ],
  ['corrupt', 'Verification of content failed'],
  ['tool-missing', "git: 'annex' is not a git command. See 'git --help'."],
  ['unknown', "Cannot find procedure with name 'nosuch'"]
];

describe('failureOf', () => {
  it.each(SAMPLES)('knows %s: %.60s', (kind, text) => {
    const failure = failureOf(text);
    expect(failure.kind).toBe(kind);
    expect(failure.detail).toBe(text);
    expect(failure.message).not.toBe('');
  });

  it('says what to do about all it knows', () => {
    SAMPLES.filter(([kind]) => kind !== 'unknown').forEach(([, text]) => expect(failureOf(text).hint).toMatch(/\.$/u));
  });

  it('shows the first line of what it does not know, and says so when there is none', () => {
    expect(failureOf('Something odd\nand more').message).toBe('Something odd');
    expect(failureOf('  ').message).toBe('DataLad failed without saying why.');
  });
});
