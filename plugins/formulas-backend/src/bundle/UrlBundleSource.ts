import type { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  isError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { isShown } from './bundlePaths';
import {
  MAX_FILE_BYTES,
  MAX_FILES,
  tooLarge,
  tooMany,
  type BundleContents,
  type BundleSource,
} from './BundleSource';

/** How long a bundle is shown without asking its source again, in milliseconds. */
const FRESH_MS = 15_000;
const TIMEOUT_MS = 20_000;
const MAX_CACHED_BUNDLES = 200;

interface CachedBundle {
  contents: BundleContents;
  /** Version of the tree, as the source calls it. */
  etag: string;
  readAt: number;
}

/**
 * Reads bundles from git through the configured integrations. The newest
 * bundles are kept in memory; after a short while the source is asked whether
 * there is a newer version, and only then read again.
 */
export class UrlBundleSource implements BundleSource {
  readonly #reader: UrlReaderService;
  readonly #now: () => number;
  readonly #cache = new Map<string, CachedBundle>();
  readonly #reading = new Map<string, Promise<BundleContents>>();

  constructor(options: { reader: UrlReaderService; now?: () => number }) {
    this.#reader = options.reader;
    this.#now = options.now ?? Date.now;
  }

  async read(target: string): Promise<BundleContents> {
    const folder = new URL('.', target).toString().replace(/\/$/, '');
    const cached = this.#cache.get(folder);
    if (cached && this.#now() - cached.readAt < FRESH_MS) {
      return cached.contents;
    }
    const reading =
      this.#reading.get(folder) ??
      this.#refresh(folder, cached).finally(() => this.#reading.delete(folder));
    this.#reading.set(folder, reading);
    return reading;
  }

  async #refresh(
    folder: string,
    cached: CachedBundle | undefined,
  ): Promise<BundleContents> {
    const entry = await this.#readTree(folder, cached).catch(error => {
      if (isError(error) && error.name === 'NotModifiedError' && cached) {
        return { ...cached, readAt: this.#now() };
      }
      if (isError(error) && error.name === 'NotFoundError') {
        throw new NotFoundError('The folder of the formula is gone', error);
      }
      throw new ServiceUnavailableError(
        'The repository of the formula cannot be read right now. Try again in a moment',
        error,
      );
    });
    this.#cache.delete(folder);
    this.#cache.set(folder, entry);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > MAX_CACHED_BUNDLES) {
      this.#cache.delete(oldest);
    }
    return entry.contents;
  }

  async #readTree(
    folder: string,
    cached: CachedBundle | undefined,
  ): Promise<CachedBundle> {
    const contents: BundleContents = { files: new Map(), problems: [] };
    const tree = await this.#reader.readTree(folder, {
      etag: cached?.etag,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      filter: (path, info) => {
        if (!isShown(path)) {
          return false;
        }
        if (info && info.size > MAX_FILE_BYTES) {
          contents.problems.push(tooLarge(path, info.size));
          return false;
        }
        return true;
      },
    });
    for (const file of await tree.files()) {
      if (contents.files.size >= MAX_FILES) {
        contents.problems.push(tooMany(file.path));
        break;
      }
      const content = await file.content();
      if (content.length > MAX_FILE_BYTES) {
        contents.problems.push(tooLarge(file.path, content.length));
      } else {
        contents.files.set(file.path, content.toString('utf8'));
      }
    }
    return { contents, etag: tree.etag, readAt: this.#now() };
  }
}
