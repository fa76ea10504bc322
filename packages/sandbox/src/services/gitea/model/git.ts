import { execFile } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A file or folder of a commit. */
export interface TreeEntry {
  name: string;
  path: string;
  type: 'file' | 'dir';
  sha: string;
  size: number;
}

/** A commit as the pages and the API show it. */
export interface Commit {
  sha: string;
  author: string;
  email: string;
  date: string;
  message: string;
}

const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** The bare repositories on disk, driven by the git program. */
export class GitStore {
  constructor(readonly root: string) {}

  /** Folder of a repository, by its unchanging id. */
  path(id: string): string {
    return join(this.root, `${id}.git`);
  }

  /** Makes an empty repository. */
  async init(id: string, defaultBranch: string): Promise<void> {
    await mkdir(dirname(this.path(id)), { recursive: true });
    await execute('git', [
      'init',
      '--bare',
      '--quiet',
      `--initial-branch=${defaultBranch}`,
      this.path(id),
    ]);
    await this.git(id, 'config', 'http.receivepack', 'true');
  }

  /** Removes a repository: out of the way first, so that a half-removed one is never served. */
  async remove(id: string): Promise<void> {
    const grave = `${this.path(id)}.removed`;
    await rename(this.path(id), grave);
    await rm(grave, { recursive: true });
  }

  /** Commit of a branch, tag or hash; undefined when there is none. */
  async resolve(id: string, ref: string): Promise<string | undefined> {
    try {
      return (
        await this.git(
          id,
          'rev-parse',
          '--verify',
          '--quiet',
          '--end-of-options',
          `${ref}^{commit}`,
        )
      ).trim();
    } catch (error) {
      if (isExit(error)) return undefined;
      throw error;
    }
  }

  /** Branches with the commit they point to. */
  async branches(id: string): Promise<Array<{ name: string; sha: string }>> {
    const output = await this.git(
      id,
      'for-each-ref',
      '--format=%(refname:short) %(objectname)',
      'refs/heads',
    );
    return output
      .split('\n')
      .filter(Boolean)
      .map(line => {
        const [name, sha] = line.split(' ');
        return { name, sha };
      });
  }

  /** What a commit says of itself. */
  async commit(id: string, sha: string): Promise<Commit> {
    const output = await this.git(
      id,
      'show',
      '--no-patch',
      '--format=%H%n%an%n%ae%n%aI%n%B',
      sha,
    );
    const [hash, author, email, date, ...message] = output.split('\n');
    return {
      sha: hash,
      author,
      email,
      date,
      message: message.join('\n').trimEnd(),
    };
  }

  /** Entries of a folder; undefined when the path is no folder. */
  async list(
    id: string,
    sha: string,
    path: string,
  ): Promise<TreeEntry[] | undefined> {
    const prefix = path === '' ? '' : `${path}/`;
    if (path !== '' && (await this.type(id, sha, path)) !== 'tree')
      return undefined;
    const output = await this.git(
      id,
      'ls-tree',
      '--long',
      '-z',
      sha,
      ...(prefix ? ['--', prefix] : []),
    );
    return output
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const [meta, full] = line.split('\t');
        const [, type, hash, size] = meta.split(/\s+/);
        return {
          name: full.slice(prefix.length),
          path: full,
          type: type === 'tree' ? ('dir' as const) : ('file' as const),
          sha: hash,
          size: Number(size) || 0,
        };
      });
  }

  /** Content of a file; undefined when there is none at this path. */
  async file(
    id: string,
    sha: string,
    path: string,
  ): Promise<{ sha: string; content: Buffer } | undefined> {
    if ((await this.type(id, sha, path)) !== 'blob') return undefined;
    const { stdout } = await execute(
      'git',
      ['-C', this.path(id), 'cat-file', 'blob', `${sha}:${path}`],
      {
        encoding: 'buffer',
        maxBuffer: MAX_FILE_BYTES,
      },
    );
    const blob = (await this.git(id, 'rev-parse', `${sha}:${path}`)).trim();
    return { sha: blob, content: stdout };
  }

  /** The whole tree of a commit as a gzipped tar. */
  async archive(id: string, sha: string, prefix: string): Promise<Buffer> {
    const { stdout } = await execute(
      'git',
      [
        '-C',
        this.path(id),
        'archive',
        '--format=tar.gz',
        `--prefix=${prefix}/`,
        sha,
      ],
      { encoding: 'buffer', maxBuffer: 8 * MAX_FILE_BYTES },
    );
    return stdout;
  }

  /** Writes a first commit of one file, for `auto_init`. */
  async firstCommit(
    id: string,
    branch: string,
    file: { path: string; content: string },
    author: { name: string; email: string },
  ): Promise<void> {
    const child = execFile('git', [
      '-C',
      this.path(id),
      'fast-import',
      '--quiet',
    ]);
    const message = 'Initial commit';
    const who = `${author.name.replace(/[<>\n]/g, '')} <${
      author.email
    }> ${Math.floor(Date.now() / 1000)} +0000`;
    child.stdin!.end(
      `commit refs/heads/${branch}\nauthor ${who}\ncommitter ${who}\n` +
        `data ${Buffer.byteLength(message)}\n${message}\n` +
        `M 100644 inline ${file.path}\ndata ${Buffer.byteLength(
          file.content,
        )}\n${file.content}\n`,
    );
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', code =>
        code === 0
          ? resolve()
          : reject(new Error(`git fast-import ended with ${code}`)),
      );
    });
  }

  private async type(
    id: string,
    sha: string,
    path: string,
  ): Promise<string | undefined> {
    try {
      return (await this.git(id, 'cat-file', '-t', `${sha}:${path}`)).trim();
    } catch (error) {
      if (isExit(error)) return undefined;
      throw error;
    }
  }

  private async git(id: string, ...args: string[]): Promise<string> {
    const { stdout } = await execute('git', ['-C', this.path(id), ...args], {
      maxBuffer: MAX_FILE_BYTES,
    });
    return stdout;
  }
}

/** Whether git ran and said no, as against not running at all. */
function isExit(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'number'
  );
}
