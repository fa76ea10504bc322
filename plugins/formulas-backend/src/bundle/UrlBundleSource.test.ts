import type {
  UrlReaderServiceReadTreeOptions,
  UrlReaderServiceReadTreeResponse,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import { MAX_FILE_BYTES } from './BundleSource';
import { UrlBundleSource } from './UrlBundleSource';

const target =
  'https://git.example/platform/formulas/src/branch/main/formulas/api/formula.yaml';

function tree(
  files: Record<string, string>,
  etag: string,
  options?: UrlReaderServiceReadTreeOptions,
): UrlReaderServiceReadTreeResponse {
  return {
    etag,
    archive: jest.fn(),
    dir: jest.fn(),
    files: async () =>
      Object.entries(files)
        .filter(([path, text]) =>
          options?.filter?.(path, { size: text.length }),
        )
        .map(([path, text]) => ({
          path,
          content: async () => Buffer.from(text),
        })),
  };
}

describe('UrlBundleSource', () => {
  const readTree = jest.fn();
  let now = 0;
  let source: UrlBundleSource;

  beforeEach(() => {
    readTree.mockReset();
    now = 0;
    source = new UrlBundleSource({
      reader: mockServices.urlReader.mock({ readTree }),
      now: () => now,
    });
  });

  it('reads the folder of the formula, without what is not shown', async () => {
    readTree.mockImplementation(async (_, options) =>
      tree(
        { 'README.md': '# API', 'coder-template/main.tf': 'x' },
        '1',
        options,
      ),
    );
    const { files } = await source.read(target);
    expect(Object.fromEntries(files)).toEqual({ 'README.md': '# API' });
    expect(readTree.mock.calls[0][0]).toBe(
      'https://git.example/platform/formulas/src/branch/main/formulas/api',
    );
  });

  it('reads once for callers at the same time and soon after', async () => {
    readTree.mockImplementation(async (_, options) =>
      tree({ 'README.md': 'one' }, '1', options),
    );
    await Promise.all([source.read(target), source.read(target)]);
    now = 14_000;
    await source.read(target);
    expect(readTree).toHaveBeenCalledTimes(1);
  });

  it('keeps what it has when the source says that nothing changed', async () => {
    readTree.mockImplementationOnce(async (_, options) =>
      tree({ 'README.md': 'one' }, 'etag-1', options),
    );
    await source.read(target);
    now = 20_000;
    readTree.mockRejectedValueOnce(new NotModifiedError());
    const { files } = await source.read(target);
    expect(files.get('README.md')).toBe('one');
    expect(readTree.mock.calls[1][1].etag).toBe('etag-1');
  });

  it('shows an edit after a short while', async () => {
    readTree.mockImplementationOnce(async (_, options) =>
      tree({ 'README.md': 'one' }, '1', options),
    );
    readTree.mockImplementationOnce(async (_, options) =>
      tree({ 'README.md': 'two' }, '2', options),
    );
    await source.read(target);
    now = 15_000;
    const { files } = await source.read(target);
    expect(files.get('README.md')).toBe('two');
  });

  it('leaves out a file that is too large', async () => {
    readTree.mockImplementation(async (_, options) =>
      tree({ 'README.md': 'x'.repeat(MAX_FILE_BYTES + 1) }, '1', options),
    );
    const { files, problems } = await source.read(target);
    expect(files.size).toBe(0);
    expect(problems.map(({ path }) => path)).toEqual(['README.md']);
  });

  it.each([
    [new NotFoundError('404'), 'NotFoundError'],
    [new Error('connect ECONNREFUSED'), 'ServiceUnavailableError'],
  ])('turns %s into %s, and tries again next time', async (error, name) => {
    readTree.mockRejectedValueOnce(error);
    await expect(source.read(target)).rejects.toMatchObject({ name });
    readTree.mockImplementationOnce(async (_, options) =>
      tree({ 'README.md': 'back' }, '1', options),
    );
    const { files } = await source.read(target);
    expect(files.get('README.md')).toBe('back');
  });
});
