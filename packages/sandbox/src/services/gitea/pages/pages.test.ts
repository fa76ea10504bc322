import { execFile } from 'node:child_process';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GiteaClient } from '@formulary/plugin-gitea-node';
import { BrowserlessSession } from '../../../contract/browserlessLogin';
import { ContractTarget, startTarget } from '../../../contract/target';

const exec = promisify(execFile);

jest.setTimeout(60_000);

describe('the pages of the Gitea stand-in', () => {
  let target: ContractTarget;
  let client: GiteaClient;
  let folder: string;

  const subjectOf = async (username: string): Promise<string> => {
    const { url, realm, clientId, clientSecret } =
      target.credentials!.services.keycloak;
    const tokens = await fetch(
      `${url}/realms/${realm}/protocol/openid-connect/token`,
      {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
        }),
      },
    );
    const { access_token: token } = await tokens.json();
    const users = await fetch(
      `${url}/admin/realms/${realm}/users?username=${username}&exact=true`,
      { headers: { Authorization: `Bearer ${token}` } },
    );
    const [{ id }] = await users.json();
    return id;
  };

  /** Logs in on the page of a path, by the link that stands there. */
  const logIn = async (username: string, path: string) => {
    const person = target.credentials!.people.find(
      ({ username: name }) => name === username,
    )!;
    const session = new BrowserlessSession();
    const page = await session.fetch(target.url + path);
    const link = page.body.match(/href="([^"]*redirect_to=[^"]*)"/)![1];
    const login = await session.fetch(new URL(link, target.url).href);
    const start = login.body.match(/href="(\/user\/oauth2\/[^"]+)"/)![1];
    const landed = await session.logIn(
      new URL(start.replaceAll('&amp;', '&'), target.url).href,
      username,
      person.password,
    );
    return { session, landed };
  };

  beforeAll(async () => {
    target = await startTarget('gitea');
    const { gitea } = target.credentials!.services;
    client = new GiteaClient({ ...gitea, baseUrl: target.url });
    for (const username of ['bob', 'carol']) {
      await client.users.create({
        username,
        email: `${username}@acme.example`,
        fullName: username,
        subject: await subjectOf(username),
      });
    }
    await client.repositories.create('bob', {
      name: 'orbit',
      private: true,
      defaultBranch: 'main',
      description: 'Where <things> go round',
    });
    folder = await mkdtemp(join(tmpdir(), 'gitea-pages-'));
    const git = (...args: string[]) => exec('git', ['-C', folder, ...args]);
    await git('init', '--quiet', '--initial-branch=main');
    await writeFile(join(folder, 'README.md'), '# Orbit & <friends>\n');
    await writeFile(join(folder, 'a #1?.txt'), 'odd name\n');
    await git('add', '.');
    await git(
      ...['-c', 'user.name=Bob', '-c', 'user.email=bob@acme.example'],
      ...['commit', '--quiet', '-m', 'Start'],
    );
    const remote = new URL(`${target.url}/bob/orbit.git`);
    const { username, password } = client.gitCredentials();
    Object.assign(remote, { username, password });
    await git('push', '--quiet', remote.href, 'main');
  });

  afterAll(async () => {
    await target?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  it('show a private repository to nobody who may not see it', async () => {
    const anonymous = await fetch(`${target.url}/bob/orbit`);
    expect(anonymous.status).toBe(404);
    const { landed } = await logIn('carol', '/bob/orbit');
    expect(landed).toMatchObject({ status: 404 });
    expect(landed.body).toMatch(/Signed in as\s*<b>carol<\/b>/);
    expect(landed.body).not.toContain('go round');
  });

  it('bring the owner back after the log-in, and show files, README and clone address', async () => {
    const { session, landed } = await logIn('bob', '/bob/orbit');
    expect(landed).toMatchObject({
      status: 200,
      url: `${target.url}/bob/orbit`,
    });
    expect(landed.body).toContain('Private');
    expect(landed.body).toContain('Sandbox');
    expect(landed.body).toContain(`value="${target.url}/bob/orbit.git"`);
    expect(landed.body).toContain('Where &lt;things&gt; go round');
    expect(landed.body).toContain('# Orbit &amp; &lt;friends&gt;');
    const odd = await session.fetch(
      `${target.url}/bob/orbit/src/branch/main/a%20%231%3F.txt`,
    );
    expect(odd).toMatchObject({ status: 200 });
    expect(odd.body).toContain('odd name');
    expect(landed.body).toContain('src/branch/main/a%20%231%3F.txt');
  });

  it("make a token with which the person's own git clones", async () => {
    const { session, landed } = await logIn(
      'bob',
      '/user/settings/applications',
    );
    expect(landed.status).toBe(200);
    const path = `${target.url}/user/settings/applications`;
    const form = await session.fetch(path);
    const csrf = form.body.match(/name="_csrf" value="([^"]+)"/)![1];
    const post = (body: Record<string, string>) =>
      session.fetch(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(body).toString(),
      });

    const forged = await post({ _csrf: 'guess', name: 'laptop' });
    expect(forged.body).not.toMatch(/[0-9a-f]{40}/);
    const made = await post({ _csrf: csrf, name: 'laptop' });
    const token = made.body.match(/<code>([0-9a-f]{40})<\/code>/)![1];
    const again = await session.fetch(path);
    expect(again.body).toContain('laptop');
    expect(again.body).not.toContain(token);
    expect((await post({ _csrf: csrf, name: 'laptop' })).status).toBe(400);

    const remote = new URL(`${target.url}/bob/orbit.git`);
    Object.assign(remote, { username: 'bob', password: token });
    const copy = join(folder, 'copy');
    await exec('git', ['clone', '--quiet', remote.href, copy]);
    await access(join(copy, 'README.md'));
  });

  it('end the session on logging out', async () => {
    const { session } = await logIn('bob', '/bob/orbit');
    await session.fetch(`${target.url}/user/logout`);
    const page = await session.fetch(`${target.url}/bob/orbit`);
    expect(page.status).toBe(404);
  });

  it('lead nobody away from the server', async () => {
    const person = target.credentials!.people.find(
      ({ username }) => username === 'bob',
    )!;
    const landed = await new BrowserlessSession().logIn(
      `${target.url}/user/oauth2/keycloak?redirect_to=//evil.example/`,
      'bob',
      person.password,
    );
    expect(landed.url).toBe(`${target.url}/bob`);
  });
});
