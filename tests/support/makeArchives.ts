import type { Workspace } from './workspace';

/** A member of an archive: what kind it is, its name, and its content or where it leads. */
export type Member = readonly ['file' | 'link' | 'hard-link' | 'pipe', name: string, content: string];

const MAKE = `
import io, json, sys, tarfile, zipfile
TYPES = {'link': tarfile.SYMTYPE, 'hard-link': tarfile.LNKTYPE, 'pipe': tarfile.FIFOTYPE}
for path, members in json.load(sys.stdin).items():
    if path.endswith('.zip'):
        with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:
            for kind, name, content in members:
                info = zipfile.ZipInfo(name)
                info.create_system = 3
                info.external_attr = (0o120777 if kind == 'link' else 0o100644) << 16
                archive.writestr(info, content)
    else:
        with tarfile.open(path, 'w:gz' if path.endswith('gz') else 'w') as archive:
            for kind, name, content in members:
                info = tarfile.TarInfo(name)
                if kind == 'file':
                    info.size = len(content.encode())
                    archive.addfile(info, io.BytesIO(content.encode()))
                else:
                    info.type, info.linkname = TYPES[kind], content
                    archive.addfile(info)
`;

/** Writes archives with just these members, whatever they are; their names are relative to the contents root. */
export async function makeArchives(workspace: Workspace, archives: Record<string, readonly Member[]>): Promise<void> {
  await workspace.write({ 'archives.json': JSON.stringify(archives) });
  await workspace.run('sh', ['-c', 'python -c "$0" < archives.json && rm archives.json', MAKE]);
}
