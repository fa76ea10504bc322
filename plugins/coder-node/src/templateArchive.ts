import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

/** What Terraform and git leave in a folder and nobody wants uploaded. */
const LEFT_OUT =
  /^(\.terraform|\.git|node_modules|.*\.tfstate(\.backup)?|\.DS_Store)$/;

/**
 * Reads a template's folder, dot files included, without what Terraform and git leave in it.
 *
 * @returns contents by path, with `/` between the parts, sorted
 * @public
 */
export async function readTemplateDirectory(
  directory: string,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const walk = async (folder: string) => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (LEFT_OUT.test(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) {
        files.set(
          relative(directory, path).split(sep).join('/'),
          await readFile(path),
        );
      }
    }
  };
  await walk(directory);
  return files;
}

/**
 * Packs files as a tar. The same files make the same bytes, so that Coder
 * recognises content that it has already.
 */
export async function packTemplate(
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const archive = pack();
  for (const name of [...files.keys()].sort()) {
    const content = files.get(name)!;
    archive.entry(
      { name, mtime: new Date(0), mode: 0o644 },
      Buffer.from(content),
    );
  }
  archive.finalize();
  return new Uint8Array(await buffer(archive));
}
