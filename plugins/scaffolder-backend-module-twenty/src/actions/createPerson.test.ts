import { FakeTwenty } from '../__testUtils__/FakeTwenty';
import { fakeTaskAccess } from '../__testUtils__/fakeTaskAccess';
import { runAction } from '@formulary/scaffolder-actions-test-utils';
import { createCreatePersonAction } from './createPerson';

const FIRST = '0f0e4c1d-0000-4000-8000-000000000000';

describe('twenty:create-person', () => {
  let twenty: FakeTwenty;
  let action: ReturnType<typeof createCreatePersonAction>;

  beforeEach(async () => {
    twenty = new FakeTwenty();
    action = createCreatePersonAction({
      client: await twenty.start(),
      taskAccess: fakeTaskAccess(),
    });
  });

  afterEach(() => twenty.stop());

  type Input = Parameters<typeof action.handler>[0]['input'];
  const run = (input: Input, more?: Parameters<typeof runAction>[2]) =>
    runAction(action, input, more);

  const input: Input = {
    email: 'bob@acme.example',
    firstName: 'Bob',
    lastName: 'Tanaka',
    jobTitle: 'Developer',
  };

  it('creates the person', async () => {
    const { outputs } = await run(input);
    expect(outputs).toEqual({
      personId: FIRST,
      personUrl: `https://crm.example.com/object/person/${FIRST}`,
      created: true,
      rollback: [
        {
          service: 'twenty',
          description: 'Delete the person bob@acme.example',
          action: 'twenty:delete-record',
          input: { object: 'person', id: FIRST },
        },
      ],
    });
    expect(twenty.people).toMatchObject([
      {
        name: { firstName: 'Bob', lastName: 'Tanaka' },
        emails: { primaryEmail: 'bob@acme.example' },
        jobTitle: 'Developer',
      },
    ]);
  });

  it('leaves the person as they are the second time and says so', async () => {
    await run(input);
    const { outputs, messages } = await run({ ...input, firstName: 'Robert' });
    expect(outputs).toMatchObject({ personId: FIRST, created: false });
    expect(messages).toEqual([
      'The person bob@acme.example was there already and was left as they are',
    ]);
    expect(twenty.people).toHaveLength(1);
    expect(twenty.people[0].name).toMatchObject({ firstName: 'Bob' });
  });

  it('brings a deleted person back, whose address nobody else can have', async () => {
    twenty.addPerson('bob@acme.example', { deletedAt: '2030-01-01' });
    const { outputs, messages } = await run(input);
    expect(outputs).toMatchObject({ personId: FIRST, created: false });
    expect(messages[0]).toContain('was brought back');
    expect(twenty.people).toMatchObject([{ deletedAt: null }]);
  });

  it('puts the person into the company of a name', async () => {
    const { id } = twenty.addCompany('Acme');
    await run({ ...input, company: 'Acme' });
    expect(twenty.people[0].companyId).toBe(id);
  });

  it('takes the id of the company where both are given', async () => {
    const { id } = twenty.addCompany('Acme');
    await run({ ...input, companyId: id, company: 'Nobody' });
    expect(twenty.people[0].companyId).toBe(id);
    expect(twenty.calls).not.toContain('Companies');
  });

  it('says which action makes the company that is missing', async () => {
    await expect(run({ ...input, company: 'Initech' })).rejects.toThrow(
      'Twenty has no company called "Initech". Create it first, with twenty:create-company for instance',
    );
    expect(twenty.people).toEqual([]);
  });

  it('counts a person as created when only the answer was lost', async () => {
    twenty.loseNext = 'CreatePerson';
    const { outputs } = await run(input);
    expect(outputs).toMatchObject({ personId: FIRST, created: true });
    expect(twenty.people).toHaveLength(1);
  });

  it('takes the person whom somebody else created in the meantime', async () => {
    twenty.before = {
      operation: 'CreatePerson',
      act: () => twenty.addPerson('bob@acme.example'),
    };
    const { outputs } = await run(input);
    expect(outputs).toMatchObject({ personId: FIRST, created: false });
  });

  it('changes nothing in a dry run', async () => {
    const { outputs, messages } = await run(input, { isDryRun: true });
    expect(outputs.personUrl).toBe(
      'https://crm.example.com/object/person/dry-run',
    );
    expect(messages).toEqual([
      'Would create the person bob@acme.example unless there is one',
    ]);
    expect(twenty.changes).toEqual([]);
  });

  it('stops when the task is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(run(input, { signal })).rejects.toThrow('cancelled');
    expect(twenty.people).toEqual([]);
  });
});
