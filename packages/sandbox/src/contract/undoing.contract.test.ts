import { randomBytes, randomUUID } from 'node:crypto';
import { MattermostClient } from '@formulary/plugin-mattermost-node';
import { TwentyClient } from '@formulary/plugin-twenty-node';
import { ContractTarget, startTarget } from './target';

/*
 * What the actions that undo others rely on. Sources are files of
 * mattermost/mattermost below server, and of twentyhq/twenty below
 * packages/twenty-server/src; where a real server differs, it is right.
 */

jest.setTimeout(60_000);

const unique = (name: string) => `${name}-${randomBytes(5).toString('hex')}`;

describe('Undoing in Mattermost', () => {
  let target: ContractTarget;
  let client: MattermostClient;
  let team: Awaited<ReturnType<typeof client.teams.create>>;

  beforeAll(async () => {
    target = await startTarget('mattermost');
    client = new MattermostClient({
      baseUrl: target.url,
      token: target.token,
      sso: { mode: 'openid', idAttribute: 'mattermostId' },
    });
    team = await client.teams.create({
      name: unique('undo'),
      displayName: 'Undoing',
      description: 'Made by a contract suite',
    });
  });

  afterAll(async () => {
    if (team) {
      await fetch(`${target.url}/api/v4/teams/${team.id}`, {
        method: 'DELETE',
        headers: { Authorization: `Bearer ${target.token}` },
      });
    }
    await target?.stop();
  });

  it('tells the description of a team, and who made a channel (public/model/team.go, channel.go)', async () => {
    const me = await client.users.me();
    await expect(client.teams.byName(team.name)).resolves.toMatchObject({
      description: 'Made by a contract suite',
    });
    const { name } = await client.channels.create(team, {
      name: unique('room'),
      displayName: 'Room',
      header: 'Hello',
    });
    await expect(client.channels.byName(team, name)).resolves.toMatchObject({
      creator_id: me.id,
      total_msg_count: 0,
    });
  });

  it('takes members out of channels and teams, and archives channels (api4/channel.go, api4/team.go)', async () => {
    const me = await client.users.me();
    const name = unique('leaver');
    const user = await client.users.create({
      username: name,
      email: `${name}@contract.example`,
      auth: { auth_service: 'openid', auth_data: name },
    });
    await client.teams.addMember(team, user);
    const channel = await client.channels.create(team, {
      name: unique('room'),
      displayName: 'Room',
    });
    await client.channels.addMember(channel, user);
    const members = await client.channels.members(channel);
    expect(members.map(member => member.user_id).toSorted()).toEqual(
      [me.id, user.id].toSorted(),
    );
    await client.channels.removeMember(channel, user);
    expect(await client.channels.member(channel, user)).toBeUndefined();
    await client.teams.removeMember(team, user);
    expect(await client.teams.member(team, user)).toBeUndefined();
    await client.channels.archive(channel);
    const archived = await client.channels.byName(team, channel.name);
    expect(archived?.delete_at).toBeGreaterThan(0);
    await client.users.deactivate(user);
  });
});

describe('Undoing in Twenty', () => {
  let target: ContractTarget;
  let client: TwentyClient;
  const made = new Set<string>();

  beforeAll(async () => {
    target = await startTarget('twenty');
    client = new TwentyClient({
      baseUrl: target.url,
      token: target.token,
      frontUrl: target.url,
    });
  });

  afterAll(async () => {
    for (const id of made) await client.people.destroy(id);
    await target?.stop();
  });

  const newRecord = () => ({
    emails: { primaryEmail: `${unique('Contract')}@contract.example` },
  });

  it('finds records by id and address, soft-deleted ones too', async () => {
    const [live, deleted] = [newRecord(), newRecord()];
    const ids = await client.records.create('person', [live, deleted]);
    ids.forEach(id => made.add(id));
    await client.records.delete('person', ids[1]);
    const expected = [
      {
        id: ids[0],
        unique: live.emails.primaryEmail.toLowerCase(),
        deleted: false,
      },
      {
        id: ids[1],
        unique: deleted.emails.primaryEmail.toLowerCase(),
        deleted: true,
      },
    ];
    for (const records of [
      [live, deleted],
      [{ id: ids[0] }, { id: ids[1] }],
    ]) {
      await expect(client.records.existing('person', records)).resolves.toEqual(
        expected,
      );
    }
  });

  it('changes nothing by a create (handle-duplicate-key-error.util.ts)', async () => {
    const record = newRecord();
    const [id] = await client.records.create('person', [record]);
    made.add(id);
    for (const again of [{ ...record, jobTitle: 'CEO' }, { id }]) {
      await expect(
        client.records.create('person', [newRecord(), again]),
      ).rejects.toMatchObject({ kind: 'conflict' });
    }
    await expect(
      client.people.byEmail(record.emails.primaryEmail),
    ).resolves.toMatchObject({ id, jobTitle: '' });
  });

  it('says that a record which is not there can not be deleted', async () => {
    await expect(
      client.records.delete('opportunity', randomUUID()),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('tells the fields of a new record', async () => {
    await expect(client.schema.fields('opportunity')).resolves.toEqual(
      expect.arrayContaining(['name', 'stage', 'closeDate', 'amount']),
    );
  });
});
