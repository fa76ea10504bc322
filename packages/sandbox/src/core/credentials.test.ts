import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCredentials, SandboxCredentials } from './credentials';
import { parseOptions } from './options';
import { people } from './people';

describe('loadCredentials', () => {
  const directories: string[] = [];

  const newDirectory = () => {
    const directory = mkdtempSync(join(tmpdir(), 'formulary-credentials-'));
    directories.push(directory);
    return directory;
  };

  const load = (directory: string, ...argv: string[]) =>
    loadCredentials(parseOptions(['--directory', directory, ...argv], '/'));

  /** Every secret, by its path. */
  const secretsOf = ({
    portal,
    people: accounts,
    services,
    postgres,
  }: SandboxCredentials) => [
    portal.sessionSecret,
    ...accounts.map(({ password }) => password),
    services.keycloak.clientSecret,
    services.keycloak.webhookSecret,
    ...[
      services.gitea,
      services.coder,
      services.mattermost,
      services.twenty,
    ].flatMap(({ token, login }) => [token, login.clientSecret]),
    postgres.password,
  ];

  afterAll(() => {
    for (const directory of directories) rmSync(directory, { recursive: true });
  });

  it('writes a file that only its owner may read', () => {
    const directory = newDirectory();
    const credentials = load(directory);
    const file = join(directory, 'credentials.json');
    expect(statSync(file).mode % 0o1000).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(credentials);
    expect(readdirSync(directory)).toEqual(['credentials.json']);
  });

  it('has an account for everybody', () => {
    const { people: accounts } = load(newDirectory());
    expect(accounts.map(({ username }) => username)).toEqual(
      people.map(({ username }) => username),
    );
    expect(accounts.find(({ username }) => username === 'bob')).toEqual({
      username: 'bob',
      email: 'bob@acme.example',
      organisation: 'acme',
      role: 'developer',
      password: expect.stringMatching(/^bob-[0-9a-f]{8}$/),
    });
  });

  it('has no secret twice, in one sandbox or in two', () => {
    const secrets = [load(newDirectory()), load(newDirectory())].flatMap(
      secretsOf,
    );
    expect(secrets.every(secret => secret.length >= 10)).toBe(true);
    expect(new Set(secrets).size).toBe(secrets.length);
  });

  it('makes tokens in the form that the service itself makes', () => {
    const { gitea, coder, mattermost } = load(newDirectory()).services;
    expect(gitea.token).toMatch(/^[0-9a-f]{40}$/);
    expect(coder.token).toMatch(/^\w{10}-\w{22}$/);
    expect(mattermost.token).toMatch(/^[a-z0-9]{26}$/);
  });

  it('keeps its secrets, and follows the ports of the start', () => {
    const directory = newDirectory();
    const first = load(directory);
    const second = load(
      directory,
      ...['--port-base', '9000', '--portal-port', '9100'],
    );
    expect(secretsOf(second)).toEqual(secretsOf(first));
    expect(second.portal.url).toBe('http://localhost:9100');
    expect(second.services.keycloak).toMatchObject({
      url: 'http://localhost:9001',
      issuer: 'http://localhost:9001/realms/formulary',
    });
    expect(second.services.gitea).toMatchObject({
      url: 'http://localhost:9002',
      host: 'localhost:9002',
    });
    expect(second.services.coder.url).toBe('http://localhost:9003');
    expect(second.services.mattermost.url).toBe('http://localhost:9004');
    expect(second.services.twenty.url).toBe('http://localhost:9005');
    expect(second.control.url).toBe('http://localhost:9006');
    expect(second.postgres.port).toBe(9032);
    expect(load(directory)).toEqual(first);
  });

  it('does not touch the file when nothing changed', () => {
    const directory = newDirectory();
    load(directory);
    const file = join(directory, 'credentials.json');
    const before = statSync(file).ino;
    load(directory);
    expect(statSync(file).ino).toBe(before);
  });

  it.each([
    ['cut off', '{"portal":'],
    ['of another shape', '{"portal":{}}'],
  ])('says what to do about a file that is %s', (_what, text) => {
    const directory = newDirectory();
    const file = join(directory, 'credentials.json');
    writeFileSync(file, text);
    chmodSync(file, 0o600);
    expect(() => load(directory)).toThrow(
      `${file} is damaged. Start over with "npm start -- --reset"`,
    );
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
