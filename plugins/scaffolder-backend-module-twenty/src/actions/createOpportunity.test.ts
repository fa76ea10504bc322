import { FakeTwenty } from '../__testUtils__/FakeTwenty';
import { fakeTaskAccess } from '../__testUtils__/fakeTaskAccess';
import { runAction } from '@formulary/scaffolder-actions-test-utils';
import { createCreateOpportunityAction } from './createOpportunity';

const FIRST = '0f0e4c1d-0000-4000-8000-000000000000';

describe('twenty:create-opportunity', () => {
  let twenty: FakeTwenty;
  let action: ReturnType<typeof createCreateOpportunityAction>;

  beforeEach(async () => {
    twenty = new FakeTwenty();
    action = createCreateOpportunityAction({
      client: await twenty.start(),
      taskAccess: fakeTaskAccess(),
    });
  });

  afterEach(() => twenty.stop());

  type Input = Parameters<typeof action.handler>[0]['input'];
  const run = (input: Input, more?: Parameters<typeof runAction>[2]) =>
    runAction(action, input, more);

  const addRelations = () => ({
    companyId: twenty.addCompany('Initech').id,
    pointOfContactId: twenty.addPerson('carol@initech.example').id,
  });

  it('creates an opportunity in the first stage', async () => {
    const { outputs, messages } = await run({ name: 'Orbit' });
    expect(outputs).toEqual({
      opportunityId: FIRST,
      opportunityUrl: `https://crm.example.com/object/opportunity/${FIRST}`,
      created: true,
      rollback: [
        expect.objectContaining({
          action: 'twenty:delete-record',
          input: { object: 'opportunity', id: FIRST },
        }),
      ],
    });
    expect(messages).toEqual(['Created the opportunity Orbit (NEW)']);
    expect(twenty.opportunities[0]).not.toHaveProperty('amount');
  });

  it('sends everything that is given', async () => {
    const relations = addRelations();
    await run({
      name: 'Orbit',
      stage: 'PROPOSAL',
      amount: 12_000,
      closeDate: '2030-12-31',
      ...relations,
      customFields: { customerNumber: 'C-4711' },
    });
    expect(twenty.opportunities).toMatchObject([
      {
        stage: 'PROPOSAL',
        amount: { amountMicros: 12_000_000_000, currencyCode: 'EUR' },
        closeDate: '2030-12-31T00:00:00.000Z',
        ...relations,
        customerNumber: 'C-4711',
      },
    ]);
  });

  it('leaves the opportunity as it is the second time and says so', async () => {
    await run({ name: 'Orbit' });
    const { outputs, messages } = await run({ name: 'Orbit', stage: 'WON' });
    expect(outputs).toMatchObject({
      opportunityId: FIRST,
      created: false,
      rollback: [],
    });
    expect(messages).toEqual([
      'The opportunity Orbit was there already (NEW) and was left as it is',
    ]);
    expect(twenty.opportunities).toHaveLength(1);
  });

  it.each([
    ['company', 'companyId'],
    ['point of contact', 'pointOfContactId'],
  ] as const)(
    'creates another one of the same name for a %s',
    async (_, key) => {
      const relations = addRelations();
      await run({ name: 'Orbit' });
      const { outputs } = await run({ name: 'Orbit', [key]: relations[key] });
      expect(outputs.created).toBe(true);
      expect(twenty.opportunities).toHaveLength(2);
    },
  );

  it('lists the stages of the workspace when it does not have the wanted one', async () => {
    await expect(run({ name: 'Orbit', stage: 'active' })).rejects.toThrow(
      'Twenty has no stage "active" in this workspace. It has NEW, PROPOSAL, WON',
    );
    expect(twenty.opportunities).toEqual([]);
  });

  it('takes a word that the configuration maps to a stage', async () => {
    await twenty.stop();
    action = createCreateOpportunityAction({
      client: await twenty.start({ won: 'WON' }),
      taskAccess: fakeTaskAccess(),
    });
    const { messages } = await run({ name: 'Orbit', stage: 'won' });
    expect(messages).toEqual(['Created the opportunity Orbit (WON)']);
  });

  it('counts an opportunity as created when only the answer was lost', async () => {
    twenty.loseNext = 'CreateOpportunity';
    const { outputs } = await run({ name: 'Orbit' });
    expect(outputs.created).toBe(true);
    expect(twenty.opportunities).toHaveLength(1);
  });

  it('changes nothing in a dry run', async () => {
    const { messages } = await run({ name: 'Orbit' }, { isDryRun: true });
    expect(messages).toEqual(['Would create the opportunity Orbit (NEW)']);
    expect(twenty.changes).toEqual([]);
  });
});
