import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { MattermostClient } from '@formulary/plugin-mattermost-node';
import express from 'express';
import { personNamed } from '../../__testUtils__/people';
import { MattermostEntitlements } from './MattermostEntitlements';

const bob = {
  person: personNamed('bob'),
  account: {
    service: 'mattermost',
    state: 'active' as const,
    externalId: 'bob-id',
    username: 'bob',
  },
};
const team = { kind: 'team', name: 'acme' };
const backend = { kind: 'channel', name: 'acme/backend' };

describe('MattermostEntitlements', () => {
  const members = { team: new Set<string>(), channel: new Set<string>() };
  const changes: string[] = [];
  let archived = false;
  let server: Server;
  let entitlements: MattermostEntitlements;

  beforeAll(async () => {
    const app = express();
    app.use(express.json());
    app.use((request, _response, next) => {
      if (request.method !== 'GET') {
        changes.push(`${request.method} ${request.path}`);
      }
      next();
    });
    const at = '/api/v4';
    const missing = (response: express.Response, id: string) =>
      response.status(404).json({ id, message: 'Missing.', status_code: 404 });
    app.get(`${at}/teams/name/:name`, ({ params: { name } }, response) => {
      if (name !== 'acme') {
        missing(response, 'app.team.get_by_name.missing.app_error');
        return;
      }
      response.json({
        id: 't',
        name,
        display_name: 'Acme',
        type: 'I',
        delete_at: 0,
      });
    });
    app.get(
      `${at}/teams/t/channels/name/:name`,
      ({ params: { name } }, response) => {
        if (name !== 'backend') {
          missing(response, 'app.channel.get_by_name.missing.app_error');
          return;
        }
        response.json({
          id: 'c',
          team_id: 't',
          name,
          display_name: 'Backend',
          purpose: '',
          header: '',
          type: 'O',
          delete_at: archived ? 1 : 0,
        });
      },
    );
    for (const [kind, path] of [
      ['team', `${at}/teams/t/members`],
      ['channel', `${at}/channels/c/members`],
    ] as const) {
      const member = (id: string) => ({
        team_id: 't',
        channel_id: 'c',
        user_id: id,
        roles: '',
        delete_at: 0,
      });
      app.post(path, ({ body: { user_id: id } }, response) => {
        members[kind].add(id);
        response.status(201).json(member(id));
      });
      app.get(`${path}/:id`, ({ params: { id } }, response) => {
        if (members[kind].has(id)) response.json(member(id));
        else missing(response, `app.${kind}.get_member.missing.app_error`);
      });
      app.delete(`${path}/:id`, ({ params: { id } }, response) => {
        members[kind].delete(id);
        response.json({ status: 'OK' });
      });
    }
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    entitlements = new MattermostEntitlements(
      new MattermostClient(
        {
          baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
          token: 'a-token',
          sso: { mode: 'openid', idAttribute: 'mattermostId' },
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
    members.team.clear();
    members.channel.clear();
    changes.splice(0);
    archived = false;
  });

  it('reads teams and channels from a rule, each team of a channel once and before it', () => {
    expect(
      entitlements.schema.parse({
        teams: ['acme'],
        channels: ['acme/backend', 'globex/town-square'],
      }),
    ).toEqual([
      team,
      { kind: 'team', name: 'globex' },
      backend,
      { kind: 'channel', name: 'globex/town-square' },
    ]);
    const { error } = entitlements.schema.safeParse({ channels: ['backend'] });
    expect(error?.issues).toMatchObject([
      {
        path: ['channels', 0],
        message:
          'wants team/channel as in its address, such as acme/town-square',
      },
    ]);
  });

  it.each([team, backend])(
    'makes a member of the $kind $name and takes them out again, each as often as one likes',
    async entitlement => {
      expect(await entitlements.look(bob, entitlement)).toEqual({
        there: false,
      });
      await entitlements.give(bob, entitlement);
      await entitlements.give(bob, entitlement);
      expect(await entitlements.look(bob, entitlement)).toEqual({
        there: true,
      });
      await entitlements.take(bob, entitlement);
      await entitlements.take(bob, entitlement);
      expect(await entitlements.look(bob, entitlement)).toEqual({
        there: false,
      });
      expect(changes).toHaveLength(3);
    },
  );

  it('says that a team or channel is missing or archived, and has nothing to take', async () => {
    archived = true;
    for (const [what, entitlement] of [
      ['channel acme/backend', backend],
      ['channel acme/frontend', { kind: 'channel', name: 'acme/frontend' }],
      ['team globex', { kind: 'team', name: 'globex' }],
    ] as const) {
      await expect(entitlements.give(bob, entitlement)).rejects.toMatchObject({
        kind: 'not-found',
        message: expect.stringContaining(`Mattermost has no ${what}`),
      });
      await expect(
        entitlements.take(bob, entitlement),
      ).resolves.toBeUndefined();
    }
    expect(changes).toEqual([]);
  });
});
