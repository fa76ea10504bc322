import { promises as fs } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Folders that tools leave in a skeleton and that belong to no bundle. */
const IGNORED = new Set([
  '.git',
  '.venv',
  '.pytest_cache',
  '__pycache__',
  'node_modules',
]);

/** The text of every file in a folder, by path with forward slashes. */
export async function readFiles(
  directory: string,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const walk = async (folder: string) => {
    const entries = await fs.readdir(folder, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!IGNORED.has(entry.name)) await walk(path);
      } else if (entry.isFile()) {
        files.set(
          relative(directory, path).split(sep).join('/'),
          await fs.readFile(path, 'utf8'),
        );
      }
    }
  };
  await walk(directory);
  return files;
}
