import { fakeTaskAccess } from '../__testUtils__/fakeTaskAccess';
import { FakeTwenty } from '../__testUtils__/FakeTwenty';
import { runAction } from '@formulary/scaffolder-actions-test-utils';
import { createCreateCompanyAction } from './createCompany';
import { createCreateOpportunityAction } from './createOpportunity';
import { createCreatePersonAction } from './createPerson';
import { createDeleteRecordAction } from './deleteRecord';
import { createUpsertAction } from './upsert';

type Options = Parameters<typeof createUpsertAction>[0];

const NOT_ALLOWED = { name: 'NotAllowedError' };
const deleted = { deletedAt: '2026-01-01T00:00:00.000Z' };
const modes = [{ isDryRun: false }, { isDryRun: true }];

describe('what a developer may do in Twenty', () => {
  let twenty: FakeTwenty;
  let options: Options;

  beforeEach(async () => {
    twenty = new FakeTwenty();
    options = {
      client: await twenty.start(),
      taskAccess: fakeTaskAccess({ email: 'Bob@acme.example' }),
    };
  });

  afterEach(() => twenty.stop());

  const upsert = (records: object[], isDryRun = false) =>
    runAction(
      createUpsertAction(options),
      { object: 'person' as const, records: records as never[] },
      { isDryRun },
    );
  const createPerson = (email: string, isDryRun = false) =>
    runAction(
      createCreatePersonAction(options),
      { email, firstName: 'A', lastName: 'B' },
      { isDryRun },
    );
  const deleteRecord = (
    object: 'person' | 'company',
    id: string,
    isDryRun = false,
  ) =>
    runAction(createDeleteRecordAction(options), { object, id }, { isDryRun });

  it('makes people, companies and opportunities', async () => {
    await createPerson('carol@initech.example');
    await runAction(createCreateCompanyAction(options), { name: 'Initech' });
    await runAction(createCreateOpportunityAction(options), { name: 'Orbit' });
    await upsert([{ emails: { primaryEmail: 'dan@initech.example' } }]);
    expect(twenty.people).toHaveLength(2);
    expect(twenty.companies).toHaveLength(1);
    expect(twenty.opportunities).toHaveLength(1);
  });

  it('changes their own contact, and makes others beside it', async () => {
    twenty.addPerson('bob@acme.example');
    const { outputs } = await upsert([
      { emails: { primaryEmail: 'BOB@acme.example' }, jobTitle: 'Developer' },
      { emails: { primaryEmail: 'dan@initech.example' } },
    ]);
    expect(twenty.people[0].jobTitle).toBe('Developer');
    expect(outputs).toMatchObject({ count: 2, created: true });
  });

  it.each(modes)(
    "changes nobody else's contact by its address ($isDryRun)",
    async ({ isDryRun }) => {
      twenty.addPerson('carol@acme.example');
      await expect(
        upsert(
          [
            { emails: { primaryEmail: 'dan@acme.example' } },
            { emails: { primaryEmail: 'Carol@acme.example' }, jobTitle: 'x' },
          ],
          isDryRun,
        ),
      ).rejects.toMatchObject({
        ...NOT_ALLOWED,
        message: expect.stringContaining(
          'The person carol@acme.example is in Twenty already, and is not your own contact',
        ),
      });
      expect(twenty.changes).toEqual([]);
    },
  );

  it('changes nobody else’s contact under their own address', async () => {
    twenty.addPerson('bob@acme.example');
    const { id } = twenty.addPerson('carol@acme.example');
    await expect(
      upsert([{ id, emails: { primaryEmail: 'bob@acme.example' } }]),
    ).rejects.toMatchObject(NOT_ALLOWED);
    expect(twenty.changes).toEqual([]);
  });

  it('changes nothing that somebody else made in the meantime', async () => {
    twenty.before = {
      operation: 'CreateManyPerson',
      act: () => twenty.addPerson('carol@acme.example', { jobTitle: 'CEO' }),
    };
    const { outputs } = await upsert([
      { emails: { primaryEmail: 'carol@acme.example' }, jobTitle: 'Janitor' },
    ]);
    expect(twenty.people).toMatchObject([{ jobTitle: 'CEO' }]);
    expect(outputs).toMatchObject({ created: false, rollback: [] });
  });

  it.each(modes)(
    'brings back their own contact only ($isDryRun)',
    async ({ isDryRun }) => {
      twenty.addPerson('carol@acme.example', deleted);
      await expect(
        createPerson('carol@acme.example', isDryRun),
      ).rejects.toMatchObject({
        ...NOT_ALLOWED,
        message: expect.stringContaining('carol@acme.example was deleted'),
      });
      expect(twenty.changes).toEqual([]);
      twenty.addPerson('bob@acme.example', deleted);
      await createPerson('bob@acme.example', isDryRun);
      expect(twenty.changes).toEqual(isDryRun ? [] : ['ChangePerson']);
    },
  );

  it('is nobody whose address the identity provider does not vouch for', async () => {
    options.taskAccess = fakeTaskAccess({
      email: 'bob@acme.example',
      emailVerified: false,
    });
    twenty.addPerson('bob@acme.example', deleted);
    await expect(createPerson('bob@acme.example')).rejects.toMatchObject(
      NOT_ALLOWED,
    );
  });

  it('deletes their own contact', async () => {
    const { id } = twenty.addPerson('bob@acme.example');
    const { outputs } = await deleteRecord('person', id);
    expect(outputs).toEqual({ deleted: true });
    expect(twenty.people[0].deletedAt).not.toBeNull();
  });

  it.each(modes)(
    'deletes no other record, and is not told whether it exists ($isDryRun)',
    async ({ isDryRun }) => {
      const { id } = twenty.addPerson('carol@acme.example');
      const missing = id.replace(/.$/, '9');
      const refusals = await Promise.all(
        [id, missing].map(one =>
          deleteRecord('person', one, isDryRun).catch(error => error),
        ),
      );
      expect(refusals).toMatchObject([NOT_ALLOWED, NOT_ALLOWED]);
      expect(refusals[0].message.replace(id, missing)).toBe(
        refusals[1].message,
      );
      await expect(
        deleteRecord('company', twenty.addCompany('Initech').id, isDryRun),
      ).rejects.toMatchObject(NOT_ALLOWED);
      expect(twenty.changes).toEqual([]);
    },
  );

  describe('with the permission to manage', () => {
    beforeEach(() => {
      options.taskAccess = fakeTaskAccess();
    });

    it('deletes any record, softly', async () => {
      const { id } = twenty.addCompany('Initech');
      expect((await deleteRecord('company', id)).outputs).toEqual({
        deleted: true,
      });
      expect(twenty.companies[0].deletedAt).not.toBeNull();
    });

    it.each([
      ['is not there', () => '0f0e4c1d-0000-4000-8000-999999999999'],
      [
        'was deleted already',
        () => twenty.addCompany('Initech', '', deleted).id,
      ],
    ])('has nothing to do where the record %s', async (_what, idOf) => {
      const { outputs } = await deleteRecord('company', idOf());
      expect(outputs).toEqual({ deleted: false });
      expect(twenty.changes).toEqual([]);
    });

    it('has nothing to do when somebody else was faster', async () => {
      const company = twenty.addCompany('Initech');
      twenty.before = {
        operation: 'DeleteCompany',
        act: () => Object.assign(company, deleted),
      };
      const { outputs } = await deleteRecord('company', company.id);
      expect(outputs).toEqual({ deleted: false });
    });
  });
});
