import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packTemplate, readTemplateDirectory } from './templateArchive';

describe('readTemplateDirectory', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'template-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('takes dot files along and leaves what Terraform made', async () => {
    await mkdir(join(directory, '.claude'));
    await mkdir(join(directory, '.terraform'));
    for (const path of [
      'main.tf',
      '.mcp.json',
      '.claude/settings.json',
      '.terraform/provider',
      'terraform.tfstate',
    ]) {
      await writeFile(join(directory, path), path);
    }
    const files = await readTemplateDirectory(directory);
    expect([...files.keys()].sort()).toEqual([
      '.claude/settings.json',
      '.mcp.json',
      'main.tf',
    ]);
  });
});

describe('packTemplate', () => {
  it('makes the same bytes of the same files in any order', async () => {
    const one = await packTemplate(
      new Map([
        ['a', '1'],
        ['b', '2'],
      ]),
    );
    const two = await packTemplate(
      new Map([
        ['b', '2'],
        ['a', '1'],
      ]),
    );
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
    const other = await packTemplate(
      new Map([
        ['a', '1'],
        ['b', '3'],
      ]),
    );
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false);
  });
});
