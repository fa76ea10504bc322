import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { GiteaClient } from '@formulary/plugin-gitea-node';
import { Entitlement } from '@formulary/plugin-provisioning-common';
import express from 'express';
import { personNamed } from '../../__testUtils__/people';
import { GiteaEntitlements } from './GiteaEntitlements';

const bob = {
  person: personNamed('bob'),
  account: { service: 'gitea', state: 'active' as const, username: 'bob' },
};
const team: Entitlement = { kind: 'team', name: 'acme/Developers' };
const handbook: Entitlement = {
  kind: 'repository',
  name: 'acme/handbook',
  level: 'write',
};

describe('GiteaEntitlements', () => {
  const members = new Set<string>();
  const collaborators = new Map<string, string>();
  let permission: string | undefined;
  const changes: string[] = [];
  let server: Server;
  let entitlements: GiteaEntitlements;

  beforeAll(async () => {
    const app = express();
    app.use(express.json());
    app.use((request, _response, next) => {
      if (request.method !== 'GET') {
        changes.push(`${request.method} ${request.path}`);
      }
      next();
    });
    const at = '/api/v1';
    const answer = (response: express.Response, body: object | undefined) =>
      response.status(body ? 200 : 404).json(body ?? { message: 'not found' });
    app.get(`${at}/orgs/:org/teams`, (request, response) => {
      if (request.params.org !== 'acme')
        response.status(404).json({ message: 'not found' });
      else {
        response.json([{ id: 7, name: 'developers', permission: 'write' }]);
      }
    });
    app
      .route(`${at}/teams/7/members/:login`)
      .get(({ params: { login } }, response) => {
        answer(response, members.has(login) ? { login } : undefined);
      })
      .put(({ params: { login } }, response) => {
        members.add(login);
        response.status(204).end();
      })
      .delete(({ params: { login } }, response) => {
        members.delete(login);
        response.status(204).end();
      });
    app.get(`${at}/repos/acme/gone`, (_request, response) => {
      answer(response, undefined);
    });
    app.get(`${at}/repos/acme/handbook`, (_request, response) => {
      response.json({
        id: 1,
        name: 'handbook',
        full_name: 'acme/handbook',
        owner: { login: 'acme' },
        private: true,
        empty: false,
        default_branch: 'main',
        html_url: '',
        clone_url: '',
      });
    });
    const collaborator = `${at}/repos/acme/handbook/collaborators/:login`;
    app.get(`${collaborator}/permission`, (request, response) => {
      response.json({
        permission:
          permission ?? collaborators.get(request.params.login) ?? 'none',
      });
    });
    app
      .route(collaborator)
      .get(({ params: { login } }, response) => {
        if (collaborators.has(login)) response.status(204).end();
        else response.status(404).json({ message: 'not found' });
      })
      .put(({ params: { login }, body }, response) => {
        collaborators.set(login, body.permission);
        response.status(204).end();
      })
      .delete(({ params: { login } }, response) => {
        collaborators.delete(login);
        response.status(204).end();
      });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    entitlements = new GiteaEntitlements(
      new GiteaClient(
        {
          baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
          token: 'a-token',
          username: 'bot',
          oauthSourceId: 1,
        },
        { retries: 0 },
      ),
    );
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  beforeEach(() => {
    members.clear();
    collaborators.clear();
    permission = undefined;
    changes.splice(0);
  });

  it('reads teams and repositories from a rule, and refuses a name without its owner', () => {
    expect(
      entitlements.schema.parse({
        teams: ['acme/dev'],
        repositories: [{ name: 'acme/handbook' }],
      }),
    ).toEqual([
      { kind: 'team', name: 'acme/dev' },
      { kind: 'repository', name: 'acme/handbook', level: 'read' },
    ]);
    const { error } = entitlements.schema.safeParse({ teams: ['dev'] });
    expect(error?.issues).toMatchObject([
      {
        path: ['teams', 0],
        message: 'wants organisation/team, such as acme/developers',
      },
    ]);
  });

  it('makes a member of a team and takes them out again, each as often as one likes', async () => {
    expect(await entitlements.look(bob, team)).toEqual({ there: false });
    await entitlements.give(bob, team);
    await entitlements.give(bob, team);
    expect(await entitlements.look(bob, team)).toEqual({ there: true });
    await entitlements.take(bob, team);
    await entitlements.take(bob, team);
    expect(members.size).toBe(0);
  });

  it('gives rights to a repository at their level, and takes them', async () => {
    expect(await entitlements.look(bob, handbook)).toEqual({ there: false });
    await entitlements.give(bob, handbook);
    expect(await entitlements.look(bob, handbook)).toEqual({
      there: true,
      level: 'write',
    });
    await entitlements.take(bob, handbook);
    expect(collaborators.size).toBe(0);
  });

  it('counts rights of a team for none of their own, and an owner for an administrator', async () => {
    permission = 'write';
    expect(await entitlements.look(bob, handbook)).toEqual({ there: false });
    permission = 'owner';
    expect(await entitlements.look(bob, handbook)).toEqual({
      there: true,
      level: 'admin',
    });
    expect(changes).toEqual([]);
  });

  it.each([
    ['team', 'acme/designers'],
    ['team', 'globex/developers'],
    ['repository', 'acme/gone'],
  ])(
    'says that there is no %s %s to be given, and has nothing to take',
    async (kind, name) => {
      await expect(
        entitlements.give(bob, { kind, name }),
      ).rejects.toMatchObject({
        kind: 'not-found',
        message: expect.stringContaining(`Gitea has no ${kind} ${name}`),
      });
      await expect(
        entitlements.take(bob, { kind, name }),
      ).resolves.toBeUndefined();
    },
  );
});
