import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** A repository in Gitea that its owner works on. */
export class Repository {
  /** @param name - `owner/name` */
  constructor(
    private readonly gitea: { url: string; username: string; token: string },
    private readonly name: string,
  ) {}

  /** Commits files, and pushes them. */
  async write(files: Record<string, string>): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'formulary-repository-'));
    const git = (...args: string[]) =>
      exec('git', [
        ...['-C', folder],
        ...['-c', 'user.name=Test', '-c', 'user.email=test@example.com'],
        ...args,
      ]);
    const remote = new URL(`${this.gitea.url}/${this.name}.git`);
    remote.username = this.gitea.username;
    remote.password = this.gitea.token;
    try {
      await git('clone', '--quiet', remote.href, '.');
      for (const [path, content] of Object.entries(files)) {
        await writeFile(join(folder, path), content);
      }
      await git('add', '--all');
      await git('commit', '--quiet', '--message', 'Change files');
      await git('push', '--quiet');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
