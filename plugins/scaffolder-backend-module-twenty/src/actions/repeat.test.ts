import { Checkpoints } from '@formulary/scaffolder-actions-test-utils';
import { fakeTaskAccess } from '../__testUtils__/fakeTaskAccess';
import { FakeTwenty } from '../__testUtils__/FakeTwenty';
import { runAction } from '@formulary/scaffolder-actions-test-utils';
import { createCreateCompanyAction } from './createCompany';
import { createCreateOpportunityAction } from './createOpportunity';
import { createCreatePersonAction } from './createPerson';
import { createUpsertAction } from './upsert';

type Options = Parameters<typeof createUpsertAction>[0];
type Context = { checkpoint: Checkpoints['checkpoint'] };

const person = {
  email: 'carol@acme.example',
  firstName: 'Carol',
  lastName: 'Diaz',
};
const records = [{ emails: { primaryEmail: 'carol@acme.example' } }];

/** Each action with the checkpoint around its create, and the records of the fake that it makes. */
const cases = [
  {
    action: 'twenty:create-person',
    key: /create-person/,
    made: 'people',
    run: (options: Options, context: Context) =>
      runAction(createCreatePersonAction(options), person, context),
  },
  {
    action: 'twenty:create-company',
    key: /create-company/,
    made: 'companies',
    run: (options: Options, context: Context) =>
      runAction(
        createCreateCompanyAction(options),
        { name: 'Initech', domain: 'initech.example' },
        context,
      ),
  },
  {
    action: 'twenty:create-opportunity',
    key: /create-opportunity/,
    made: 'opportunities',
    run: (options: Options, context: Context) =>
      runAction(
        createCreateOpportunityAction(options),
        { name: 'Orbit' },
        context,
      ),
  },
  {
    action: 'twenty:upsert',
    key: /^upsert/,
    made: 'people',
    run: (options: Options, context: Context) =>
      runAction(
        createUpsertAction(options),
        { object: 'person', records },
        context,
      ),
  },
] as const;

describe('an action that goes on after the process died', () => {
  let twenty: FakeTwenty;
  let client: Options['client'];

  beforeEach(async () => {
    twenty = new FakeTwenty();
    client = await twenty.start();
  });

  afterEach(() => twenty.stop());

  /** After the work, before its checkpoint was stored. */
  const dieAndGoOn = async (
    { key, run }: Pick<(typeof cases)[number], 'key' | 'run'>,
    options: Options,
  ) => {
    const checkpoints = new Checkpoints();
    checkpoints.dieAfter(key);
    await run(options, checkpoints).then(
      () => {
        throw new Error('it went on');
      },
      error => expect(error.message).toContain('the process died'),
    );
    return run(options, checkpoints);
  };

  it.each(cases)(
    'doubles nothing and still knows what it made: $action',
    async ({ made, ...one }) => {
      const options = { client, taskAccess: fakeTaskAccess() };
      const { outputs } = await dieAndGoOn(one, options);
      expect(twenty[made]).toHaveLength(1);
      expect(outputs).toMatchObject({
        created: true,
        rollback: [{ input: { id: twenty[made][0].id } }],
      });
    },
  );

  it('doubles nothing when the records were made without the right to change any', async () => {
    const taskAccess = fakeTaskAccess({ email: 'bob@acme.example' });
    const { outputs } = await dieAndGoOn(
      { ...cases[3], key: /^create/ },
      { client, taskAccess },
    );
    expect(twenty.people).toHaveLength(1);
    expect(outputs).toMatchObject({ created: true, count: 1 });
  });
});
