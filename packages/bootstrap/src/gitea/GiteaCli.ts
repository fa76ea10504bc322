import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { redact } from '@formulary/service-client-node';
import { BootstrapError } from '../BootstrapError';

const run = promisify(execFile);

/** A login source, as `gitea admin auth list` shows it. */
export interface LoginSource {
  id: number;
  name: string;
  type: string;
}

/**
 * Gitea's own program, for the two things that its API can't do: make the first
 * administrator, and make a login source (go-gitea/gitea#26417).
 */
export class GiteaCli {
  private readonly command: string[];

  /**
   * @param command - program and arguments, parted by blanks, such as
   *   `gitea --config /etc/gitea/app.ini` or `docker compose exec -T gitea gitea`
   * @param secrets - what must never appear in a message
   */
  constructor(command: string, private readonly secrets: string[]) {
    this.command = command.trim().split(/\s+/);
  }

  /** Names of the site administrators (`cmd/admin_user_list.go`). */
  async administrators(): Promise<string[]> {
    const rows = table(await this.run('admin', 'user', 'list', '--admin'));
    return rows.map(row => row.Username);
  }

  /** Makes a site administrator (`cmd/admin_user_create.go`). */
  async createAdministrator(user: {
    username: string;
    password: string;
    email: string;
  }): Promise<void> {
    await this.run(
      ...['admin', 'user', 'create', '--admin'],
      ...['--username', user.username],
      ...['--password', user.password],
      ...['--email', user.email],
      '--must-change-password=false',
    );
  }

  /** Login sources (`cmd/admin_auth.go`). */
  async loginSources(): Promise<LoginSource[]> {
    const rows = table(await this.run('admin', 'auth', 'list'));
    return rows.map(row => ({
      id: Number(row.ID),
      name: row.Name,
      type: row.Type,
    }));
  }

  /** Makes an OpenID Connect source, or sets one that is there (`cmd/admin_auth_oauth.go`). */
  async setLoginSource(
    source: {
      name: string;
      clientId: string;
      clientSecret: string;
      discoveryUrl: string;
    },
    id?: number,
  ): Promise<void> {
    await this.run(
      ...['admin', 'auth', id ? 'update-oauth' : 'add-oauth'],
      ...(id ? ['--id', String(id)] : []),
      ...['--name', source.name],
      ...['--provider', 'openidConnect'],
      ...['--key', source.clientId],
      ...['--secret', source.clientSecret],
      ...['--auto-discover-url', source.discoveryUrl],
      ...['--scopes', 'email', '--scopes', 'profile'],
    );
  }

  private async run(...args: string[]): Promise<string> {
    const [program, ...first] = this.command;
    try {
      const { stdout } = await run(program, [...first, ...args], {
        timeout: 60_000,
      });
      return stdout;
    } catch (error) {
      // Node's own message holds the whole command line, and so the secrets.
      const stderr = (error as { stderr?: string }).stderr?.trim();
      const said = stderr || (error as NodeJS.ErrnoException).code || 'failed';
      throw new BootstrapError(
        redact(
          `Gitea's program could not run "${this.command.join(' ')} ${args
            .slice(0, 3)
            .join(' ')}": ${said}. Check GITEA_CLI`,
          this.secrets,
        ),
      );
    }
  }
}

/** Rows of a table that Go's tabwriter made, by the names of its columns. */
function table(text: string): Array<Record<string, string>> {
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
  // Log lines may come before the table.
  const start = lines.findIndex(line => /^ID\s/.test(line));
  if (start < 0) return [];
  // The columns that are read have no blanks in their names or cells, but for
  // the type of a source, which is the last that matters.
  const columns = lines[start].split(/\s+/);
  return lines.slice(start + 1).map(line => {
    const cells = line.split(/\t+|\s{2,}/).map(cell => cell.trim());
    const parts = cells.length >= columns.length ? cells : line.split(/\s+/);
    return Object.fromEntries(
      columns.map((column, index) => [column, parts[index] ?? '']),
    );
  });
}
