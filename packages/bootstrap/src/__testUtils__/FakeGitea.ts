import { join } from 'node:path';
import express from 'express';
import { HttpFake } from './HttpFake';

interface Source {
  id: number;
  name: string;
  flags: Record<string, string>;
}

/** A new Gitea: its token routes (`routers/api/v1/user/app.go`), and its program. */
export class FakeGitea extends HttpFake {
  readonly administrators = new Map<string, string>();
  readonly sources: Source[] = [{ id: 3, name: 'ldap', flags: {} }];
  readonly tokens = new Map<string, string>();
  /** Makes the next token and then breaks the connection. */
  loseNextToken = false;
  private made = 0;

  /** Value of `GITEA_CLI` for a fake at an address. */
  static program(url: string): string {
    return `${process.execPath} ${join(__dirname, 'giteaProgram.mjs')} ${url}`;
  }

  protected isChange(request: express.Request) {
    return request.path !== '/program';
  }

  protected routes(app: express.Express) {
    app.post('/program', (req, res) => {
      this.runProgram(req.body, res);
    });
    const path = '/api/v1/users/:username/tokens';
    app.use('/api/v1/users/:username/tokens', (req, res, next) => {
      const [name, password] = Buffer.from(
        (req.headers.authorization ?? '').replace(/^Basic /, ''),
        'base64',
      )
        .toString()
        .split(':');
      if (this.administrators.get(name) === password) next();
      else res.status(401).json({ message: 'invalid username or password' });
    });
    app.get(path, (_req, res) => {
      res.json([...this.tokens.keys()].map(name => ({ name, sha1: '' })));
    });
    app.post(path, (req, res) => {
      if (this.tokens.has(req.body.name)) {
        res.status(400).json({ message: 'name has been used already' });
        return;
      }
      this.made += 1;
      const sha1 = `token-${this.made}`;
      this.tokens.set(req.body.name, sha1);
      if (this.loseNextToken) {
        this.loseNextToken = false;
        res.destroy();
        return;
      }
      res.status(201).json({ name: req.body.name, sha1 });
    });
    app.delete(`${path}/:token`, (req, res) => {
      this.tokens.delete(req.params.token);
      res.status(204).end();
    });
    app.get('/api/v1/admin/users', (req, res) => {
      const token = (req.headers.authorization ?? '').replace(/^token /, '');
      if ([...this.tokens.values()].includes(token)) res.json([]);
      else res.status(401).json({ message: 'token is required' });
    });
  }

  private runProgram(args: string[], res: express.Response) {
    const flags = flagsOf(args);
    res.type('text');
    switch (args.slice(0, 3).join(' ')) {
      case 'admin user list':
        // A tabwriter with a padding of one blank (`cmd/admin_user_list.go`).
        res.send(
          [
            '2026/11/21 10:00:00 ...s/setting/session.go:73:loadSessionFrom() [I] Session Service Enabled',
            'ID   Username      Email            IsActive',
            ...[...this.administrators.keys()].map(
              (name, index) => `${index + 1}    ${name} bot@home.example true`,
            ),
          ].join('\n'),
        );
        return;
      case 'admin user create':
        this.changes.push('program admin user create');
        this.administrators.set(flags['--username'], flags['--password']);
        res.send('New user has been successfully created!\n');
        return;
      case 'admin auth list':
        // A tabwriter that pads with tabs (`cmd/admin_auth.go`).
        res.send(
          [
            'ID\tName\t\tType\t\t\tEnabled',
            ...this.sources.map(({ id, name }) =>
              [
                id,
                name,
                '',
                name === 'ldap' ? 'LDAP (via BindDN)' : 'OAuth2',
                'true',
              ].join('\t'),
            ),
          ].join('\n'),
        );
        return;
      case 'admin auth add-oauth':
        this.changes.push('program admin auth add-oauth');
        this.sources.push({ id: 7, name: flags['--name'], flags });
        res.send('');
        return;
      case 'admin auth update-oauth': {
        const id = Number(flags['--id']);
        const source = this.sources.find(candidate => candidate.id === id)!;
        source.flags = flags;
        res.send('');
        return;
      }
      default:
        res.status(500).send('Command error: unknown command');
    }
  }
}

function flagsOf(args: string[]): Record<string, string> {
  const flags: Record<string, string> = {};
  args.forEach((arg, index) => {
    if (arg.startsWith('--')) flags[arg] = args[index + 1];
  });
  return flags;
}
