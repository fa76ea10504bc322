import {
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { documentationPages, root } from './pages';

/** Writes the reference, and removes pages of actions that are no more. */
async function main() {
  const pages = await documentationPages();
  const folder = 'docs/actions';
  const old = existsSync(join(root, folder))
    ? readdirSync(join(root, folder)).map(name => `${folder}/${name}`)
    : [];
  mkdirSync(join(root, folder), { recursive: true });
  for (const path of old.filter(page => !pages.has(page))) {
    rmSync(join(root, path));
  }
  for (const [path, content] of pages) {
    writeFileSync(join(root, path), content);
  }
  process.stdout.write(`${pages.size} files written\n`);
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
