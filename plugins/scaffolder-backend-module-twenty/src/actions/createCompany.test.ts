import { FakeTwenty } from '../__testUtils__/FakeTwenty';
import { fakeTaskAccess } from '../__testUtils__/fakeTaskAccess';
import { runAction } from '@formulary/scaffolder-actions-test-utils';
import { createCreateCompanyAction } from './createCompany';

describe('twenty:create-company', () => {
  let twenty: FakeTwenty;
  let action: ReturnType<typeof createCreateCompanyAction>;

  beforeEach(async () => {
    twenty = new FakeTwenty();
    action = createCreateCompanyAction({
      client: await twenty.start(),
      taskAccess: fakeTaskAccess(),
    });
  });

  afterEach(() => twenty.stop());

  it('creates the company with its domain', async () => {
    const { outputs } = await runAction(action, {
      name: 'Acme',
      domain: 'acme.example',
    });
    const [{ id, domainName }] = twenty.companies;
    expect(outputs).toEqual({
      companyId: id,
      companyUrl: `https://crm.example.com/object/company/${id}`,
      created: true,
      rollback: [expect.objectContaining({ input: { object: 'company', id } })],
    });
    expect(domainName?.primaryLinkUrl).toBe('https://acme.example');
  });

  it('leaves the company of the domain as it is, whatever its name', async () => {
    const { id } = twenty.addCompany('Acme Ltd', 'https://acme.example');
    const { outputs, messages } = await runAction(action, {
      name: 'Acme',
      domain: 'acme.example',
    });
    expect(outputs).toMatchObject({ companyId: id, created: false });
    expect(messages).toEqual([
      'The company Acme Ltd was there already and was left as it is',
    ]);
  });

  it('knows a company without a domain by its name', async () => {
    await runAction(action, { name: 'Acme' });
    const { outputs } = await runAction(action, { name: 'Acme' });
    expect(outputs.created).toBe(false);
    expect(twenty.companies).toHaveLength(1);
  });

  it('counts a company as created when only the answer was lost', async () => {
    twenty.loseNext = 'CreateCompany';
    const { outputs } = await runAction(action, { name: 'Acme' });
    expect(outputs.created).toBe(true);
    expect(twenty.companies).toHaveLength(1);
  });

  it('calls nobody in a dry run', async () => {
    await runAction(action, { name: 'Acme' }, { isDryRun: true });
    expect(twenty.calls).toEqual([]);
  });
});
