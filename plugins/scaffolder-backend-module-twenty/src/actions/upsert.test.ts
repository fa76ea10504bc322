import { FakeTwenty } from '../__testUtils__/FakeTwenty';
import { fakeTaskAccess } from '../__testUtils__/fakeTaskAccess';
import { runAction } from '@formulary/scaffolder-actions-test-utils';
import { createUpsertAction } from './upsert';

describe('twenty:upsert', () => {
  let twenty: FakeTwenty;
  let action: ReturnType<typeof createUpsertAction>;

  beforeEach(async () => {
    twenty = new FakeTwenty();
    action = createUpsertAction({
      client: await twenty.start(),
      taskAccess: fakeTaskAccess(),
    });
  });

  afterEach(() => twenty.stop());

  type Input = Parameters<typeof action.handler>[0]['input'];
  const run = (input: Input, more?: Parameters<typeof runAction>[2]) =>
    runAction(action, input, more);

  const input: Input = {
    object: 'person',
    records: [
      { emails: { primaryEmail: 'alice@acme.example' } },
      { emails: { primaryEmail: 'bob@acme.example' }, jobTitle: 'Developer' },
    ],
  };

  it('makes what is missing and updates what is there', async () => {
    const { id } = twenty.addPerson('bob@acme.example');
    const { outputs, messages } = await run(input);
    expect(twenty.people).toMatchObject([
      { id, jobTitle: 'Developer' },
      { emails: { primaryEmail: 'alice@acme.example' } },
    ]);
    const [, made] = twenty.people;
    expect(outputs).toEqual({
      ids: [made.id, id],
      urls: [
        `https://crm.example.com/object/person/${made.id}`,
        `https://crm.example.com/object/person/${id}`,
      ],
      count: 2,
      created: true,
      rollback: [
        {
          service: 'twenty',
          description: `Delete the person ${made.id}`,
          action: 'twenty:delete-record',
          input: { object: 'person', id: made.id },
        },
      ],
    });
    expect(messages).toEqual([
      '2 records of the kind person are in Twenty as given; 1 of them are new',
    ]);
  });

  it('ends in the same state when it runs twice', async () => {
    const first = await run(input);
    const second = await run(input);
    expect(second.outputs).toEqual({
      ...first.outputs,
      created: false,
      rollback: [],
    });
    expect(twenty.people).toHaveLength(2);
  });

  it.each([
    [
      'person',
      { name: { firstName: 'Bob' } },
      'Record 1 has no id and no emails.primaryEmail',
    ],
    [
      'company',
      { name: 'Acme' },
      'Record 1 has no id and no domainName.primaryLinkUrl',
    ],
    ['opportunity', { name: 'Orbit' }, 'Record 1 has no id:'],
  ] as const)(
    'refuses a %s that it could not find again',
    async (object, record, message) => {
      await expect(run({ object, records: [record] })).rejects.toThrow(message);
      expect(twenty.calls).toEqual([]);
    },
  );

  it('changes nothing in a dry run', async () => {
    const { outputs } = await run(input, { isDryRun: true });
    expect(outputs).toMatchObject({ ids: [], count: 0 });
    expect(twenty.changes).toEqual([]);
  });
});
