import { mockServices } from '@backstage/backend-test-utils';
import { Person } from '@formulary/plugin-provisioning-common';
import { TwentyConnector } from './TwentyConnector';
import { FakeTwenty } from './__testUtils__/FakeTwenty';

const bob: Person = {
  userRef: 'user:default/bob',
  issuer: 'https://id.example.com/realms/formulary',
  subject: 'sub-of-bob',
  username: 'bob',
  email: 'bob@acme.example',
  emailVerified: true,
  displayName: 'Bob van Tanaka',
  organisation: 'Acme',
  groups: [],
};

const emails = { primaryEmail: bob.email };
const named = { firstName: 'Robert', lastName: 'T.' };

describe('TwentyConnector', () => {
  let twenty: FakeTwenty;
  let connector: TwentyConnector;
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    twenty = new FakeTwenty();
    connector = new TwentyConnector(await twenty.start(), logger);
    jest.clearAllMocks();
  });

  afterEach(() => twenty.stop());

  it('sends people to the address at which they open the CRM', () => {
    expect(connector.url).toBe('https://crm.example.com');
  });

  describe('ensure', () => {
    it('creates a record with the name and the address', async () => {
      await expect(connector.ensure(bob)).resolves.toEqual({
        outcome: 'created',
        account: {
          service: 'twenty',
          state: 'active',
          externalId: 'id0',
          username: 'bob@acme.example',
          url: 'https://crm.example.com/object/person/id0',
        },
      });
      expect(twenty.people).toMatchObject([
        { name: { firstName: 'Bob', lastName: 'van Tanaka' }, emails },
      ]);
    });

    it('takes the parts of the name where the identity provider has them', async () => {
      await connector.ensure({ ...bob, firstName: 'Bob', lastName: 'Tanaka' });
      expect(twenty.people[0].name).toEqual({
        firstName: 'Bob',
        lastName: 'Tanaka',
      });
    });

    it('changes nothing the second time', async () => {
      await connector.ensure(bob);
      twenty.changes.length = 0;
      await expect(connector.ensure(bob)).resolves.toMatchObject({
        outcome: 'unchanged',
        account: { externalId: 'id0' },
      });
      expect(twenty.changes).toEqual([]);
    });

    it('knows the record when the address is written in another case', async () => {
      twenty.add({ emails, name: named });
      const { outcome } = await connector.ensure({
        ...bob,
        email: 'Bob@Acme.example',
      });
      expect(outcome).toBe('unchanged');
    });

    it('fills in a name that is empty', async () => {
      twenty.add({ emails });
      await expect(connector.ensure(bob)).resolves.toMatchObject({
        outcome: 'updated',
      });
      expect(twenty.people[0].name.firstName).toBe('Bob');
      expect(twenty.changes).toEqual(['updatePerson']);
    });

    it('keeps a name that somebody wrote', async () => {
      twenty.add({ emails, name: named });
      await connector.ensure(bob);
      expect(twenty.people[0].name).toEqual(named);
    });

    it('brings back a record that was deleted', async () => {
      twenty.add({ emails, name: named, deletedAt: '2030-01-01' });
      await expect(connector.ensure(bob)).resolves.toMatchObject({
        outcome: 'updated',
        account: { externalId: 'id0', state: 'active' },
      });
      expect(twenty.people).toMatchObject([{ deletedAt: null }]);
      expect(twenty.changes).toEqual(['restorePerson']);
    });

    it('adopts the record that somebody else made in the meantime', async () => {
      twenty.beforeCreate = () => twenty.add({ emails, name: named });
      await expect(connector.ensure(bob)).resolves.toMatchObject({
        outcome: 'adopted',
        account: { externalId: 'id0' },
      });
      expect(twenty.people).toHaveLength(1);
    });

    it('counts a record as created when only the answer was lost', async () => {
      twenty.loseNextCreate = true;
      await expect(connector.ensure(bob)).resolves.toMatchObject({
        outcome: 'created',
        account: { externalId: 'id0' },
      });
      expect(twenty.people).toHaveLength(1);
    });

    it('makes one record when two runs come at once', async () => {
      const results = await Promise.all([
        connector.ensure(bob),
        connector.ensure(bob),
      ]);
      expect(results.map(({ account }) => account.externalId)).toEqual([
        'id0',
        'id0',
      ]);
      expect(twenty.people).toHaveLength(1);
    });

    it('refuses an address that the identity provider does not vouch for', async () => {
      twenty.add({ emails });
      await expect(
        connector.ensure({ ...bob, emailVerified: false }),
      ).rejects.toMatchObject({
        kind: 'validation',
        message: expect.stringContaining(
          'does not vouch for the e-mail bob@acme.example',
        ),
      });
      expect(twenty.changes).toEqual([]);
    });

    it("does not take a stranger's record for an address that looks alike", async () => {
      twenty.add({ emails: { primaryEmail: 'frank@acme.example' } });
      await expect(
        connector.ensure({ ...bob, email: 'fran\u212a@acme.example' }),
      ).resolves.toMatchObject({
        outcome: 'created',
        account: { externalId: 'id1' },
      });
    });

    it('neither finds nor removes a record by an address that is not vouched for', async () => {
      const stranger = twenty.add({ emails, name: named });
      const pretender = { ...bob, subject: 'other', emailVerified: false };
      await expect(connector.find(pretender)).resolves.toBeUndefined();
      await connector.remove(pretender);
      expect(stranger.deletedAt).toBeNull();
      stranger.deletedAt = '2030-01-01';
      await connector.restore(pretender);
      expect(twenty.changes).toEqual([]);
    });

    it('follows a new address of the person, on the same record', async () => {
      const { account } = await connector.ensure(bob);
      const known = { externalId: account.externalId };
      const moved = { ...bob, email: 'robert@acme.example' };
      await expect(connector.verifyLink(moved, known)).resolves.toMatchObject({
        linked: false,
        reason: expect.stringContaining('Onboard the person'),
      });
      await expect(connector.ensure(moved, known)).resolves.toMatchObject({
        outcome: 'updated',
        account: { externalId: 'id0', username: moved.email },
      });
      expect(twenty.people).toHaveLength(1);
      await expect(connector.verifyLink(moved, known)).resolves.toMatchObject({
        linked: true,
      });
    });

    it('says so when another record has the new address', async () => {
      const { account } = await connector.ensure(bob);
      twenty.add({ emails: { primaryEmail: 'robert@acme.example' } });
      await expect(
        connector.ensure(
          { ...bob, email: 'robert@acme.example' },
          { externalId: account.externalId },
        ),
      ).rejects.toMatchObject({
        kind: 'conflict',
        message: expect.stringContaining('Merge the two in Twenty'),
      });
    });

    it('passes on what Twenty refuses', async () => {
      twenty.refusal = { message: 'Limit reached', code: 'LIMIT_REACHED' };
      await expect(connector.ensure(bob)).rejects.toMatchObject({
        kind: 'rate-limited',
      });
    });
  });

  describe('the company of a new record', () => {
    const byDomain = {
      id: 'by-domain',
      name: 'Acme Ltd',
      url: 'https://acme.example',
    };
    const byName = { id: 'by-name', name: 'Acme', url: '' };

    it.each([
      ['has the domain of the address', [byName, byDomain], 'by-domain'],
      ['else has the name of the organisation', [byName], 'by-name'],
    ])('is the one that %s', async (_which, companies, id) => {
      twenty.companies.push(...companies);
      await connector.ensure(bob);
      expect(twenty.people[0].companyId).toBe(id);
    });

    it('is none where there is none', async () => {
      await connector.ensure(bob);
      expect(twenty.people[0].companyId).toBeNull();
    });
  });

  describe('verifyLink', () => {
    it.each([
      ['there is no record', [], bob, false, 'There is no record'],
      [
        'the address is not vouched for',
        [{ emails }],
        { ...bob, emailVerified: false },
        false,
        'does not vouch',
      ],
      [
        'the record has the address',
        [{ emails }],
        bob,
        true,
        'verified e-mail',
      ],
    ])('tells when %s', async (_when, records, person, linked, reason) => {
      for (const record of records) twenty.add(record);
      await expect(connector.verifyLink(person)).resolves.toEqual({
        linked,
        reason: expect.stringContaining(reason),
      });
    });
  });

  describe('find', () => {
    it('answers the record', async () => {
      twenty.add({ emails });
      await expect(connector.find(bob)).resolves.toMatchObject({
        externalId: 'id0',
      });
    });

    it('answers none for one that was deleted', async () => {
      twenty.add({ emails, deletedAt: '2030-01-01' });
      await expect(connector.find(bob)).resolves.toBeUndefined();
    });
  });

  describe('suspend, restore and remove', () => {
    it('keeps the record while the person is suspended', async () => {
      twenty.add({ emails });
      await connector.suspend(bob);
      await connector.restore(bob);
      expect(twenty.changes).toEqual([]);
      expect(logger.info).toHaveBeenCalledWith(
        expect.stringContaining('keeps the record of bob'),
      );
    });

    it('deletes so that it can be undone, once', async () => {
      twenty.add({ emails });
      await connector.remove(bob);
      await connector.remove(bob);
      expect(twenty.people).toMatchObject([{ deletedAt: expect.any(String) }]);
      expect(twenty.changes).toEqual(['deletePerson']);
      await connector.restore(bob);
      expect(twenty.people).toMatchObject([{ deletedAt: null }]);
    });
  });

  describe('health', () => {
    it('is good when the key may read', async () => {
      await expect(connector.health()).resolves.toEqual({
        reachable: true,
        version: '2.43.0',
        authorized: true,
      });
    });

    it('names a version that is not supported', async () => {
      twenty.version = '0.50.0';
      await expect(connector.health()).resolves.toMatchObject({
        reachable: true,
        version: '0.50.0',
        authorized: false,
        message: expect.stringContaining('Twenty 0.50.0 is not supported'),
      });
    });

    it('names the fields that the workspace lacks where no version is told', async () => {
      twenty.version = null;
      twenty.lacking = ['emails'];
      await expect(connector.health()).resolves.toMatchObject({
        reachable: true,
        authorized: false,
        message: expect.stringContaining('lacks Person.emails'),
      });
    });

    it.each([
      ['UNAUTHENTICATED', 'Token invalid.', true],
      ['FORBIDDEN', 'Permission denied', true],
      ['INTERNAL_SERVER_ERROR', 'Something broke', false],
    ])('tells the reason of %s', async (code, message, reachable) => {
      twenty.refusal = { code, message };
      await expect(connector.health()).resolves.toEqual({
        reachable,
        authorized: false,
        message: expect.stringContaining(
          `Twenty could not be read with the configured API key: ${message}`,
        ),
      });
    });

    it('tells that nothing answers', async () => {
      await twenty.stop();
      await expect(connector.health()).resolves.toMatchObject({
        reachable: false,
        authorized: false,
        message: expect.stringContaining('connection refused'),
      });
    });
  });
});
