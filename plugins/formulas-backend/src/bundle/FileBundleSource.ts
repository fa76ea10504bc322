import { promises as fs } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import {
  isChildPath,
  resolveSafeChildPath,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { isError, NotAllowedError } from '@backstage/errors';
import {
  AGENTS_FOLDER,
  isShown,
  MCP_PATH,
  README_PATH,
  SKILLS_FOLDER,
} from './bundlePaths';
import {
  MAX_FILE_BYTES,
  MAX_FILES,
  tooLarge,
  tooMany,
  type BundleContents,
  type BundleSource,
} from './BundleSource';

/**
 * Reads bundles from folders of this machine, for development: only inside
 * the folders that `catalog.locations` of type `file` point to, and never
 * through a link that leads out of the bundle.
 */
export class FileBundleSource implements BundleSource {
  readonly #roots: string[];

  private constructor(roots: string[]) {
    this.#roots = roots;
  }

  static fromConfig(config: RootConfigService): FileBundleSource {
    const locations = config.getOptionalConfigArray('catalog.locations') ?? [];
    return new FileBundleSource(
      locations
        .filter(location => location.getString('type') === 'file')
        .map(location => folderOf(location.getString('target'))),
    );
  }

  async read(target: string): Promise<BundleContents> {
    const folder = dirname(resolve(target));
    if (!this.#roots.some(root => isChildPath(root, folder))) {
      throw new NotAllowedError(
        'The formula lies outside of the folders that catalog.locations names',
      );
    }
    const paths = [
      README_PATH,
      MCP_PATH,
      ...(await list(folder, SKILLS_FOLDER)).map(
        name => `${SKILLS_FOLDER}/${name}/SKILL.md`,
      ),
      ...(await list(folder, AGENTS_FOLDER)).map(
        name => `${AGENTS_FOLDER}/${name}`,
      ),
    ].filter(isShown);

    const contents: BundleContents = { files: new Map(), problems: [] };
    for (const path of paths) {
      if (contents.files.size >= MAX_FILES) {
        contents.problems.push(tooMany(path));
        break;
      }
      await readInto(contents, folder, path);
    }
    return contents;
  }
}

/** The folder that a configured target, possibly with wildcards, points into. */
function folderOf(target: string): string {
  const [fixed] = target.split(/[*?[{]/);
  const path = resolve(fixed);
  return fixed !== target && /[/\\]$/.test(fixed) ? path : dirname(path);
}

async function list(folder: string, path: string): Promise<string[]> {
  try {
    const names = await fs.readdir(resolveSafeChildPath(folder, path));
    return names.sort();
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}

async function readInto(
  contents: BundleContents,
  folder: string,
  path: string,
): Promise<void> {
  const absolute = join(folder, path.split('/').join(sep));
  try {
    resolveSafeChildPath(folder, path);
    const { size } = await fs.stat(absolute);
    if (size > MAX_FILE_BYTES) {
      contents.problems.push(tooLarge(path, size));
      return;
    }
    contents.files.set(path, await fs.readFile(absolute, 'utf8'));
  } catch (error) {
    if (error instanceof NotAllowedError) {
      contents.problems.push({
        path,
        message: 'The file is a link that leads out of the bundle.',
      });
    } else if (!isMissing(error)) {
      throw error;
    }
  }
}

function isMissing(error: unknown): boolean {
  return (
    isError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
  );
}
