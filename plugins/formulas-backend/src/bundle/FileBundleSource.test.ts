import { symlinkSync } from 'node:fs';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { MAX_FILE_BYTES } from './BundleSource';
import { FileBundleSource } from './FileBundleSource';

describe('FileBundleSource', () => {
  const directory = createMockDirectory();

  function source(target: string) {
    return FileBundleSource.fromConfig(
      mockServices.rootConfig({
        data: {
          catalog: {
            locations: [
              { type: 'file', target: directory.resolve(target) },
              { type: 'url', target: 'https://git.example/catalog-info.yaml' },
            ],
          },
        },
      }),
    );
  }

  beforeEach(() => {
    directory.setContent({
      'secret.md': 'not for you',
      repository: {
        'catalog-info.yaml': '',
        formulas: {
          api: {
            'formula.yaml': '',
            'README.md': '# API',
            'coder-template': {
              'main.tf': 'never read',
              '.mcp.json': '{"mcpServers":{}}',
              '.claude': {
                'settings.json': 'never read',
                skills: { one: { 'SKILL.md': 'one' }, empty: {} },
                agents: { 'a.md': 'a', 'notes.txt': 'never read' },
              },
            },
          },
          bare: { 'formula.yaml': '' },
        },
      },
    });
  });

  it('reads what is shown of a bundle and nothing else', async () => {
    const { files, problems } = await source(
      'repository/catalog-info.yaml',
    ).read(directory.resolve('repository/formulas/api/formula.yaml'));
    expect(Object.fromEntries(files)).toEqual({
      'README.md': '# API',
      'coder-template/.mcp.json': '{"mcpServers":{}}',
      'coder-template/.claude/skills/one/SKILL.md': 'one',
      'coder-template/.claude/agents/a.md': 'a',
    });
    expect(problems).toEqual([]);
  });

  it('reads a bundle below a target with wildcards', async () => {
    const { files } = await source('repository/formulas/*/formula.yaml').read(
      directory.resolve('repository/formulas/api/formula.yaml'),
    );
    expect(files.get('README.md')).toBe('# API');
  });

  it('finds nothing in a bundle without README and Claude Code', async () => {
    const { files } = await source('repository/catalog-info.yaml').read(
      directory.resolve('repository/formulas/bare/formula.yaml'),
    );
    expect(files.size).toBe(0);
  });

  it.each([
    'repository/../formula.yaml',
    'elsewhere/formula.yaml',
    'repository/../../../../etc/formula.yaml',
  ])('refuses %s, outside of the configured folders', async path => {
    await expect(
      source('repository/catalog-info.yaml').read(`${directory.path}/${path}`),
    ).rejects.toThrow(
      'The formula lies outside of the folders that catalog.locations names',
    );
  });

  it('reads no files at all when no location of type file is configured', async () => {
    const none = FileBundleSource.fromConfig(mockServices.rootConfig());
    await expect(
      none.read(directory.resolve('repository/formulas/api/formula.yaml')),
    ).rejects.toThrow('outside of the folders');
  });

  it('does not follow a link out of the bundle', async () => {
    symlinkSync(
      directory.resolve('secret.md'),
      directory.resolve('repository/formulas/bare/README.md'),
    );
    const { files, problems } = await source(
      'repository/catalog-info.yaml',
    ).read(directory.resolve('repository/formulas/bare/formula.yaml'));
    expect(files.size).toBe(0);
    expect(problems).toEqual([
      {
        path: 'README.md',
        message: 'The file is a link that leads out of the bundle.',
      },
    ]);
  });

  it('leaves out a file that is too large', async () => {
    directory.addContent({
      'repository/formulas/bare/README.md': 'x'.repeat(MAX_FILE_BYTES + 1),
    });
    const { files, problems } = await source(
      'repository/catalog-info.yaml',
    ).read(directory.resolve('repository/formulas/bare/formula.yaml'));
    expect(files.size).toBe(0);
    expect(problems[0].message).toBe(
      'The file has 257 KB, and at most 256 KB are shown.',
    );
  });
});
