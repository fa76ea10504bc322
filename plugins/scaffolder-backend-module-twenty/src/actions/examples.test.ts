import { parse } from 'yaml';
import { FakeTwenty } from '../__testUtils__/FakeTwenty';
import { fakeTaskAccess } from '../__testUtils__/fakeTaskAccess';
import { runAction } from '@formulary/scaffolder-actions-test-utils';
import { createCreateCompanyAction } from './createCompany';
import { createCompanyExamples } from './createCompany.examples';
import { createCreateOpportunityAction } from './createOpportunity';
import { createOpportunityExamples } from './createOpportunity.examples';
import { createCreatePersonAction } from './createPerson';
import { createPersonExamples } from './createPerson.examples';
import { createDeleteRecordAction } from './deleteRecord';
import { deleteRecordExamples } from './deleteRecord.examples';
import { createUpsertAction } from './upsert';
import { upsertExamples } from './upsert.examples';

describe('the documented examples run', () => {
  const twenty = new FakeTwenty();
  let options: Parameters<typeof createUpsertAction>[0];

  const run = (id: string, input: never) => {
    switch (id) {
      case 'twenty:create-person':
        return runAction(createCreatePersonAction(options), input);
      case 'twenty:create-company':
        return runAction(createCreateCompanyAction(options), input);
      case 'twenty:create-opportunity':
        return runAction(createCreateOpportunityAction(options), input);
      case 'twenty:upsert':
        return runAction(createUpsertAction(options), input);
      case 'twenty:delete-record':
        return runAction(createDeleteRecordAction(options), input);
      default:
        throw new Error(`an example of an unknown action ${id}`);
    }
  };

  beforeAll(async () => {
    options = { client: await twenty.start(), taskAccess: fakeTaskAccess() };
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

  it.each(
    deleteRecordExamples.map(({ description, example }) => [
      description,
      example,
    ]),
  )('%s', async (_description, example) => {
    const [step] = parse(example).steps;
    const { id } = step.input;
    twenty.opportunities.push({ id, name: 'Orbit', deletedAt: null });
    const { outputs } = await run(step.action, step.input as never);
    expect(outputs).toEqual({ deleted: true });
  });
});
