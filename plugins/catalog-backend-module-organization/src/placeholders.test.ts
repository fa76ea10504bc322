import { placeholders } from './placeholders';

const BASE = 'https://git.example/globex/app/src/branch/main/catalog-info.yaml';

function resolve(key: string, value: unknown, content = 'text', base = BASE) {
  const read = jest.fn(async (_url: string) => Buffer.from(content));
  const resolved = placeholders[key]({
    key,
    value: value as string,
    baseUrl: base,
    read,
    resolveUrl: (url, relativeTo) =>
      // As the catalog: an address stays as it was written.
      URL.canParse(url) ? url : new URL(url, relativeTo).href,
    emit: jest.fn(),
  });
  return { resolved, read };
}

describe('placeholders', () => {
  it.each([
    ['text', 'a: 1', 'a: 1'],
    ['json', '{"a":1}', { a: 1 }],
    ['yaml', 'a: 1', { a: 1 }],
  ])(
    '$%s reads a file beside the catalog file',
    async (key, content, value) => {
      const { resolved, read } = resolve(key, './docs/api.yaml', content);
      await expect(resolved).resolves.toEqual(value);
      expect(read).toHaveBeenCalledWith(
        'https://git.example/globex/app/src/branch/main/docs/api.yaml',
      );
    },
  );

  it.each(
    [
      'https://git.example/acme/vault/src/branch/main/key.txt',
      'https://git.example/acme/vault/src/commit/0a1b2c/key.txt',
      'https://git.example/acme/vault/x/y/main/key.txt',
      'https://git.example/acme/vault/src/%62ranch/main/key.txt',
      'https://git.example/globex/app/src/branch/main/../../../../../acme/vault/contents/key.txt',
      '../../../../../acme/vault/src/branch/main/key.txt',
      '/acme/vault/src/branch/main/key.txt',
      '//169.254.169.254/latest/meta-data',
      'http://169.254.169.254/latest/meta-data',
    ].flatMap(url => Object.keys(placeholders).map(key => [key, url])),
  )('$%s does not read %s', async (key, url) => {
    const { resolved, read } = resolve(key, url);
    await expect(resolved).rejects.toThrow('same repository');
    expect(read).not.toHaveBeenCalled();
  });

  it('wants text', async () => {
    await expect(resolve('text', { a: 1 }).resolved).rejects.toThrow(
      'wants a path or an address',
    );
  });

  it('reads what a file of this machine names: those are the platform’s', async () => {
    const url = 'https://git.example/platform/docs/src/branch/main/a.txt';
    const { resolved } = resolve('text', url, 'a', '/app/catalog-info.yaml');
    await expect(resolved).resolves.toBe('a');
  });
});
