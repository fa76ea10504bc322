import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { FakeTwenty } from '../__testUtils__/FakeTwenty';
import { runAction } from '../__testUtils__/runAction';
import { createCreateOpportunityAction } from './createOpportunity';

describe('twenty:create-opportunity', () => {
  let twenty: FakeTwenty;
  let action: ReturnType<typeof createCreateOpportunityAction>;

  beforeEach(async () => {
    twenty = new FakeTwenty();
    action = createCreateOpportunityAction(await twenty.start());
  });

  afterEach(() => twenty.stop());

  type Input = Parameters<typeof action.handler>[0]['input'];
  const run = (input: Input, more?: Parameters<typeof runAction>[2]) =>
    runAction(action, input, more);

  const companyId = '0f0e4c1d-0000-4000-8000-000000000001';
  const pointOfContactId = '0f0e4c1d-0000-4000-8000-000000000002';

  it('creates an opportunity in the first stage', async () => {
    const { outputs, messages } = await run({ name: 'Orbit' });
    expect(outputs).toEqual({
      opportunityId: 'opportunity-0',
      opportunityUrl:
        'https://crm.example.com/object/opportunity/opportunity-0',
      created: true,
    });
    expect(messages).toEqual(['Created the opportunity Orbit (NEW)']);
    expect(twenty.opportunities[0]).not.toHaveProperty('amount');
  });

  it('sends everything that is given', async () => {
    await run({
      name: 'Orbit',
      stage: 'PROPOSAL',
      amount: 12_000,
      closeDate: '2030-12-31',
      companyId,
      pointOfContactId,
    });
    expect(twenty.opportunities).toMatchObject([
      {
        stage: 'PROPOSAL',
        amount: { amountMicros: 12_000_000_000, currencyCode: 'EUR' },
        closeDate: '2030-12-31T00:00:00.000Z',
        companyId,
        pointOfContactId,
      },
    ]);
  });

  it('leaves the opportunity as it is the second time and says so', async () => {
    await run({ name: 'Orbit', companyId });
    const { outputs, messages } = await run({
      name: 'Orbit',
      companyId,
      stage: 'WON',
    });
    expect(outputs).toMatchObject({
      opportunityId: 'opportunity-0',
      created: false,
    });
    expect(messages).toEqual([
      'The opportunity Orbit was there already (NEW) and was left as it is',
    ]);
    expect(twenty.opportunities).toHaveLength(1);
  });

  it.each([
    ['company', { companyId }],
    ['point of contact', { pointOfContactId }],
  ])('creates another one of the same name for a %s', async (_what, more) => {
    await run({ name: 'Orbit' });
    const { outputs } = await run({ name: 'Orbit', ...more });
    expect(outputs.created).toBe(true);
    expect(twenty.opportunities).toHaveLength(2);
  });

  it('lists the stages of the workspace when it does not have the wanted one', async () => {
    await expect(run({ name: 'Orbit', stage: 'active' })).rejects.toThrow(
      'Twenty has no stage "active" in this workspace. It has NEW, PROPOSAL, WON',
    );
    expect(twenty.opportunities).toEqual([]);
  });

  it('takes a word that the configuration maps to a stage', async () => {
    await twenty.stop();
    action = createCreateOpportunityAction(await twenty.start({ won: 'WON' }));
    const { messages } = await run({ name: 'Orbit', stage: 'won' });
    expect(messages).toEqual(['Created the opportunity Orbit (WON)']);
  });

  it('is not done again when the task goes on after it was cut off', async () => {
    const done = new Map<string, unknown>();
    const checkpoint: ActionContext<never>['checkpoint'] = async ({
      key,
      fn,
    }) => {
      if (!done.has(key)) done.set(key, await fn());
      return done.get(key) as Awaited<ReturnType<typeof fn>>;
    };
    await run({ name: 'Orbit' }, { checkpoint });
    const { outputs } = await run({ name: 'Orbit' }, { checkpoint });
    expect(outputs.created).toBe(true);
    expect(twenty.opportunities).toHaveLength(1);
  });

  it('refuses a closing date that is none before it calls anybody', async () => {
    await expect(run({ name: 'Orbit', closeDate: 'soon' })).rejects.toThrow(
      'closeDate must be a date such as 2030-12-31, not "soon"',
    );
    expect(twenty.calls).toEqual([]);
  });

  it('counts an opportunity as created when only the answer was lost', async () => {
    twenty.loseNext = 'CreateOpportunity';
    const { outputs } = await run({ name: 'Orbit' });
    expect(outputs.created).toBe(true);
    expect(twenty.opportunities).toHaveLength(1);
  });

  it('calls nobody in a dry run', async () => {
    const { messages } = await run({ name: 'Orbit' }, { isDryRun: true });
    expect(messages).toEqual(['Would create the opportunity Orbit (NEW)']);
    expect(twenty.calls).toEqual([]);
  });
});
