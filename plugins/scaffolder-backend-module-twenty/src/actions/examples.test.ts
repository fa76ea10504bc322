import { parse } from 'yaml';
import { FakeTwenty } from '../__testUtils__/FakeTwenty';
import { runAction } from '../__testUtils__/runAction';
import { createCreateCompanyAction } from './createCompany';
import { createCompanyExamples } from './createCompany.examples';
import { createCreateOpportunityAction } from './createOpportunity';
import { createOpportunityExamples } from './createOpportunity.examples';
import { createCreatePersonAction } from './createPerson';
import { createPersonExamples } from './createPerson.examples';
import { createUpsertAction } from './upsert';
import { upsertExamples } from './upsert.examples';

describe('the documented examples run', () => {
  const twenty = new FakeTwenty();
  let client: Awaited<ReturnType<FakeTwenty['start']>>;

  const run = (id: string, input: never) => {
    switch (id) {
      case 'twenty:create-person':
        return runAction(createCreatePersonAction(client), input);
      case 'twenty:create-company':
        return runAction(createCreateCompanyAction(client), input);
      case 'twenty:create-opportunity':
        return runAction(createCreateOpportunityAction(client), input);
      case 'twenty:upsert':
        return runAction(createUpsertAction(client), input);
      default:
        throw new Error(`an example of an unknown action ${id}`);
    }
  };

  beforeAll(async () => {
    client = await twenty.start();
    twenty.addCompany('Acme');
  });

  afterAll(() => twenty.stop());

  it.each(
    [
      ...createPersonExamples,
      ...createCompanyExamples,
      ...createOpportunityExamples,
    ].map(({ description, example }) => [description, example]),
  )('%s', async (_description, example) => {
    const [step] = parse(example).steps;
    const { outputs } = await run(step.action, step.input as never);
    expect(outputs).toHaveProperty('created', true);
  });

  it.each(
    upsertExamples.map(({ description, example }) => [description, example]),
  )('%s', async (_description, example) => {
    const [step] = parse(example).steps;
    const { outputs } = await run(step.action, step.input as never);
    expect(outputs).toHaveProperty('count', step.input.records.length);
  });
});
