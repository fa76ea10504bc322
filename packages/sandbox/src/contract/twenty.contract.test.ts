import { randomBytes, randomUUID } from 'node:crypto';
import { TwentyClient } from '@formulary/plugin-twenty-node';
import { BrowserlessSession } from './browserlessLogin';
import { ContractTarget, startTarget } from './target';

/*
 * What Formulary relies on in Twenty. Sources are files of twentyhq/twenty
 * below packages/twenty-server/src; where a real workspace differs, it is right.
 */

jest.setTimeout(60_000);

const unique = (name: string) =>
  `${name}-${randomBytes(5).toString('hex')}`.toLowerCase();

/** What needs the sandbox's Keycloak, or would use up a workspace's calls, is left out for a real server. */
const describeInSandbox = process.env.FORMULARY_CONTRACT_TWENTY_URL
  ? describe.skip
  : describe;

const clientOf = ({ url, token }: Pick<ContractTarget, 'url' | 'token'>) =>
  new TwentyClient({ baseUrl: url, token, frontUrl: url }, { retries: 0 });

describe('Twenty', () => {
  let target: ContractTarget;
  let client: TwentyClient;
  const people = new Set<string>();
  const companies = new Set<string>();
  const opportunities = new Set<string>();

  const query = async (
    document: string,
    variables: object = {},
    more: { path?: string; token?: string } = {},
  ) => {
    const response = await fetch(`${target.url}${more.path ?? '/graphql'}`, {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        Authorization: `Bearer ${more.token ?? target.token}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ query: document, variables }),
    });
    return { status: response.status, body: await response.json() };
  };

  const newPerson = async (
    more: Partial<Parameters<typeof client.people.create>[0]> = {},
  ) => {
    const person = await client.people.create({
      email: `${unique('contract')}@contract.example`,
      firstName: 'Contract',
      lastName: 'Person',
      ...more,
    });
    people.add(person.id);
    return person;
  };

  const newCompany = async (name = unique('contract')) => {
    const company = await client.companies.create({
      name,
      domain: `${unique('contract')}.example`,
    });
    companies.add(company.id);
    return company;
  };

  const newOpportunity = async (
    more: Partial<Parameters<typeof client.opportunities.create>[0]> = {},
  ) => {
    const opportunity = await client.opportunities.create({
      name: unique('contract'),
      stage: 'NEW',
      ...more,
    });
    opportunities.add(opportunity.id);
    return opportunity;
  };

  beforeAll(async () => {
    target = await startTarget('twenty');
    client = clientOf(target);
  });

  afterAll(async () => {
    for (const id of opportunities) await client.opportunities.destroy(id);
    for (const id of people) await client.people.destroy(id);
    for (const id of companies) await client.companies.destroy(id);
    await target?.stop();
  });

  describe('the API key', () => {
    it('may read what is needed (common-find-many-query-runner.service.ts)', async () => {
      await expect(client.check()).resolves.toBeUndefined();
    });

    it.each(['/graphql', '/metadata'])(
      'is refused at %s with UNAUTHENTICATED when it is wrong (graphql-errors.util.ts)',
      async path => {
        const { status, body } = await query(
          '{ __typename }',
          {},
          { path, token: 'wrong' },
        );
        expect(status).toBe(200);
        expect(body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
      },
    );

    it('is told as unauthorized by the client (graphql-errors.util.ts)', async () => {
      await expect(
        clientOf({ ...target, token: 'wrong' }).check(),
      ).rejects.toMatchObject({ kind: 'unauthorized' });
    });
  });

  describe('people', () => {
    it('are created and read back by their address (compute-person-standard-flat-field-metadata.util.ts)', async () => {
      const person = await newPerson({ jobTitle: 'Tester' });
      await expect(
        client.people.byEmail(person.emails.primaryEmail),
      ).resolves.toMatchObject({
        id: person.id,
        name: { firstName: 'Contract', lastName: 'Person' },
        jobTitle: 'Tester',
      });
    });

    it('are kept with their address in lower case, and found in any case (transform-emails-value.util.ts)', async () => {
      const email = `${unique('contract')}@contract.example`;
      const person = await newPerson({ email: email.toUpperCase() });
      expect(person.emails.primaryEmail).toBe(email);
      await expect(
        client.people.byEmail(email.toUpperCase()),
      ).resolves.toMatchObject({ id: person.id });
    });

    it.each(['_', '+', '%', '.'])(
      'are found when the address has a %s, and no others that it would match as a pattern (graphql-query-filter-field.parser.ts)',
      async sign => {
        const [start, end] = [unique('a'), unique('b')];
        await newPerson({ email: `${start}x${end}@contract.example` });
        const email = `${start}${sign}${end}@contract.example`;
        await expect(client.people.byEmail(email)).resolves.toBeUndefined();
        const person = await newPerson({ email });
        await expect(client.people.byEmail(email)).resolves.toMatchObject({
          id: person.id,
        });
      },
    );

    it('are refused when the address is taken, in whatever case (handle-duplicate-key-error.util.ts)', async () => {
      const person = await newPerson();
      const { status, body } = await query(
        `mutation ($data: PersonCreateInput!) { createPerson(data: $data) { id } }`,
        {
          data: {
            emails: { primaryEmail: person.emails.primaryEmail.toUpperCase() },
          },
        },
      );
      expect(status).toBe(200);
      expect(body.errors[0].message).toMatch(/^A duplicate entry was detected/);
      expect(body.errors[0].extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        conflictingRecordId: person.id,
        conflictingObjectNameSingular: 'person',
      });
      await expect(
        newPerson({ email: person.emails.primaryEmail }),
      ).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('are hidden while soft-deleted, but keep their address (common-delete-one-query-runner.service.ts)', async () => {
      const person = await newPerson();
      const email = person.emails.primaryEmail;
      await client.people.delete(person.id);
      await expect(client.people.byEmail(email)).resolves.toBeUndefined();
      await expect(client.people.deletedByEmail(email)).resolves.toMatchObject({
        id: person.id,
        deletedAt: expect.any(String),
      });
      await expect(newPerson({ email })).rejects.toMatchObject({
        kind: 'conflict',
      });
    });

    it('are found by id, deleted ones when they are asked for (common-find-many-query-runner.service.ts)', async () => {
      const { id } = await newPerson();
      await expect(client.people.byId(id)).resolves.toMatchObject({ id });
      await expect(client.people.deletedById(id)).resolves.toBeUndefined();
      await client.people.delete(id);
      await expect(client.people.byId(id)).resolves.toBeUndefined();
      await expect(client.people.deletedById(id)).resolves.toMatchObject({
        id,
      });
      await expect(client.people.byId(randomUUID())).resolves.toBeUndefined();
    });

    it('are all listed by the client, each once (common-find-many-query-runner.service.ts)', async () => {
      const ids: string[] = [];
      let after: string | undefined;
      do {
        const page = await client.people.list(after);
        ids.push(...page.people.map(({ id }) => id));
        after = page.next;
      } while (after !== undefined);
      expect(ids.length).toBeGreaterThan(0);
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('come back when they are restored (common-restore-one-query-runner.service.ts)', async () => {
      const { id, emails } = await newPerson();
      await client.people.delete(id);
      await client.people.restore(id);
      await expect(
        client.people.byEmail(emails.primaryEmail),
      ).resolves.toMatchObject({ id, deletedAt: null });
      await expect(
        client.people.deletedByEmail(emails.primaryEmail),
      ).resolves.toBeUndefined();
    });

    it('free their address when they are destroyed (common-destroy-one-query-runner.service.ts)', async () => {
      const person = await newPerson();
      await client.people.destroy(person.id);
      people.delete(person.id);
      const again = await newPerson({ email: person.emails.primaryEmail });
      expect(again.id).not.toBe(person.id);
    });

    it('keep what an update leaves out (common-update-one-query-runner.service.ts)', async () => {
      const person = await newPerson({ jobTitle: 'Tester' });
      await expect(
        client.people.update(person.id, { firstName: 'Changed' }),
      ).resolves.toMatchObject({
        name: { firstName: 'Changed', lastName: 'Person' },
        jobTitle: 'Tester',
        emails: person.emails,
      });
    });

    it('are made, updated and brought back by one upsert (common-create-many-query-runner.service.ts)', async () => {
      const [known, deleted] = [await newPerson(), await newPerson()];
      await client.people.delete(deleted.id);
      const fresh = `${unique('contract')}@contract.example`;
      const ids = await client.records.upsert(
        'person',
        [known.emails.primaryEmail, deleted.emails.primaryEmail, fresh].map(
          primaryEmail => ({
            emails: { primaryEmail },
            name: { firstName: 'Upserted' },
          }),
        ),
      );
      for (const id of ids) people.add(id);
      expect(new Set(ids).size).toBe(3);
      expect(ids).toEqual(expect.arrayContaining([known.id, deleted.id]));
      for (const { emails } of [known, deleted]) {
        await expect(
          client.people.byEmail(emails.primaryEmail),
        ).resolves.toMatchObject({
          name: { firstName: 'Upserted', lastName: 'Person' },
          deletedAt: null,
        });
      }
    });

    it('are not made at all when one of a batch is refused (common-create-many-query-runner.service.ts, one insert)', async () => {
      const known = await newPerson();
      const fresh = `${unique('contract')}@contract.example`;
      const { body } = await query(
        `mutation ($data: [PersonCreateInput!]!) { createPeople(data: $data) { id } }`,
        {
          data: [fresh, known.emails.primaryEmail].map(primaryEmail => ({
            emails: { primaryEmail },
          })),
        },
      );
      expect(body.errors[0].message).toMatch(/^A duplicate entry was detected/);
      await expect(client.people.byEmail(fresh)).resolves.toBeUndefined();
    });

    it('that are missing answer NOT_FOUND (common-query-runner-to-graphql-api-exception-handler.util.ts)', async () => {
      const { status, body } = await query(
        `query ($filter: PersonFilterInput) { person(filter: $filter) { id } }`,
        { filter: { id: { eq: randomUUID() } } },
      );
      expect(status).toBe(200);
      expect(body.errors[0]).toMatchObject({
        message: 'Record not found',
        extensions: { code: 'NOT_FOUND' },
      });
      await expect(client.people.delete(randomUUID())).rejects.toMatchObject({
        kind: 'not-found',
      });
    });
  });

  describe('the company of a person', () => {
    const create = (data: object) =>
      query(
        `mutation ($data: PersonCreateInput!) { createPerson(data: $data) { id companyId company { name } } }`,
        { data },
      );

    it('is connected by its domain, the unique field (compute-relation-connect-query-configs.util.ts)', async () => {
      const company = await newCompany();
      const { body } = await create({
        company: {
          connect: {
            where: {
              domainName: {
                primaryLinkUrl: company.domainName?.primaryLinkUrl,
              },
            },
          },
        },
      });
      people.add(body.data.createPerson.id);
      expect(body.data.createPerson).toMatchObject({
        companyId: company.id,
        company: { name: company.name },
      });
    });

    it('is not connected by its name, which is not unique (compute-relation-connect-query-configs.util.ts)', async () => {
      const { name } = await newCompany();
      const { body } = await create({
        company: { connect: { where: { name } } },
      });
      expect(body.errors[0]).toMatchObject({
        message: expect.stringContaining(
          'at least one unique constraint have to be fully populated',
        ),
        extensions: { code: 'BAD_USER_INPUT' },
      });
    });

    it('is not connected when there is none of that domain (compute-relation-connect-query-configs.util.ts)', async () => {
      const primaryLinkUrl = `https://${unique('nobody')}.example`;
      const { body } = await create({
        company: { connect: { where: { domainName: { primaryLinkUrl } } } },
      });
      expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    });

    it('is refused when it is given twice (compute-relation-connect-query-configs.util.ts)', async () => {
      const { id } = await newCompany();
      const { body } = await create({
        companyId: id,
        company: { connect: { where: { id } } },
      });
      expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    });
  });

  describe('companies', () => {
    it('are found by name, the oldest of several, and by domain (graphql-query-order.parser.ts)', async () => {
      const company = await newCompany();
      await newCompany(company.name);
      await expect(
        client.companies.byName(company.name),
      ).resolves.toMatchObject({ id: company.id });
      const { hostname } = new URL(company.domainName!.primaryLinkUrl!);
      await expect(
        client.companies.byDomain(hostname.toUpperCase()),
      ).resolves.toMatchObject({ id: company.id });
    });

    it('are refused when the domain is taken, however it is written (transform-links-value.util.ts)', async () => {
      const company = await newCompany();
      const { hostname } = new URL(company.domainName!.primaryLinkUrl!);
      await expect(
        client.companies.create({
          name: 'Other',
          domain: `${hostname.toUpperCase()}/`,
        }),
      ).rejects.toMatchObject({ kind: 'conflict' });
    });
  });

  describe('opportunities', () => {
    it('have stages that the schema and the metadata tell alike (compute-opportunity-standard-flat-field-metadata.util.ts)', async () => {
      const stages = await client.opportunities.stages();
      const { body } = await query(
        `{ objects(paging: { first: 100 }) { edges { node {
          nameSingular fields(paging: { first: 100 }) { edges { node { name options } } }
        } } } }`,
        {},
        { path: '/metadata' },
      );
      const objects: Array<{
        nameSingular: string;
        fields: {
          edges: Array<{
            node: { name: string; options: Array<{ value: string }> };
          }>;
        };
      }> = body.data.objects.edges.map(({ node }: { node: object }) => node);
      const stage = objects
        .find(({ nameSingular }) => nameSingular === 'opportunity')
        ?.fields.edges.find(({ node }) => node.name === 'stage');
      expect(stages).toContain('NEW');
      expect(stage?.node.options.map(({ value }) => value).sort()).toEqual(
        [...stages].sort(),
      );
    });

    it('are refused in a stage that the workspace does not have (compute-opportunity-standard-flat-field-metadata.util.ts)', async () => {
      const { body } = await query(
        `mutation ($data: OpportunityCreateInput!) { createOpportunity(data: $data) { id } }`,
        { data: { name: unique('contract'), stage: 'active' } },
      );
      expect(body.errors[0].message).toContain('OpportunityStageEnum');
      await expect(newOpportunity({ stage: 'active' })).rejects.toMatchObject({
        kind: 'validation',
      });
    });

    it('keep their amount in millionths of the currency (compute-opportunity-standard-flat-field-metadata.util.ts)', async () => {
      const { id } = await newOpportunity({
        amount: 12.5,
        currency: 'EUR',
        closeDate: '2030-12-31T00:00:00.000Z',
      });
      const { body } = await query(
        `query ($filter: OpportunityFilterInput) {
          opportunity(filter: $filter) { amount { amountMicros currencyCode } closeDate }
        }`,
        { filter: { id: { eq: id } } },
      );
      const { amount, closeDate } = body.data.opportunity;
      expect(Number(amount.amountMicros)).toBe(12_500_000);
      expect(amount.currencyCode).toBe('EUR');
      expect(new Date(closeDate).toISOString()).toBe(
        '2030-12-31T00:00:00.000Z',
      );
    });

    it('are found by name, contact and company together (graphql-query-filter-field.parser.ts)', async () => {
      const name = unique('contract');
      const [{ id: pointOfContactId }, { id: companyId }] = [
        await newPerson(),
        await newCompany(),
      ];
      const plain = await newOpportunity({ name });
      const full = await newOpportunity({ name, pointOfContactId, companyId });
      await expect(client.opportunities.find({ name })).resolves.toMatchObject({
        id: plain.id,
      });
      await expect(
        client.opportunities.find({ name, pointOfContactId, companyId }),
      ).resolves.toMatchObject({ id: full.id });
      await expect(
        client.opportunities.find({ name, pointOfContactId }),
      ).resolves.toBeUndefined();
    });
  });

  describe('lists', () => {
    const list = async (variables: object) => {
      const { body } = await query(
        `query ($filter: PersonFilterInput, $first: Int, $after: String) {
          people(filter: $filter, first: $first, after: $after, orderBy: [{ createdAt: AscNullsLast }]) {
            totalCount edges { node { id } } pageInfo { hasNextPage endCursor }
          }
        }`,
        variables,
      );
      const { edges, ...rest } = body.data.people;
      return {
        ...rest,
        ids: edges.map(({ node }: { node: { id: string } }) => node.id),
      };
    };
    const jobTitle = unique('Title');
    const made: string[] = [];

    beforeAll(async () => {
      for (const firstName of ['Ann', 'Ben', 'Cleo']) {
        const { id } = await newPerson({ firstName, jobTitle });
        made.push(id);
      }
    });

    it('give pages of up to 60 with a cursor to the next (common-find-many-query-runner.service.ts)', async () => {
      const filter = { jobTitle: { eq: jobTitle } };
      const whole = await list({ filter, first: 60 });
      expect(whole).toMatchObject({ totalCount: 3, ids: made });
      expect(whole.pageInfo.hasNextPage).toBe(false);
      const start = await list({ filter, first: 2 });
      expect(start.pageInfo.hasNextPage).toBe(true);
      const rest = await list({
        filter,
        first: 2,
        after: start.pageInfo.endCursor,
      });
      expect([...start.ids, ...rest.ids]).toEqual(made);
      expect(rest.pageInfo.hasNextPage).toBe(false);
    });

    it.each<[string, (title: string) => object, number[]]>([
      ['eq', title => ({ jobTitle: { eq: title } }), [0, 1, 2]],
      [
        'eq in another case',
        title => ({ jobTitle: { eq: title.toUpperCase() } }),
        [],
      ],
      [
        'ilike in another case',
        title => ({
          jobTitle: { ilike: `${title.slice(0, -2).toUpperCase()}%` },
        }),
        [0, 1, 2],
      ],
      ['in', title => ({ jobTitle: { in: ['other', title] } }), [0, 1, 2]],
      [
        'and of nested fields',
        title => ({
          and: [
            { jobTitle: { eq: title } },
            { name: { firstName: { eq: 'Ben' } } },
          ],
        }),
        [1],
      ],
      [
        'or within several fields',
        title => ({
          jobTitle: { eq: title },
          or: [
            { name: { firstName: { eq: 'Ann' } } },
            { name: { firstName: { eq: 'Cleo' } } },
          ],
        }),
        [0, 2],
      ],
    ])(
      'are filtered with %s (graphql-query-filter-field.parser.ts)',
      async (_name, filter, expected) => {
        const { ids } = await list({ filter: filter(jobTitle) });
        expect(ids).toEqual(expected.map(index => made[index]));
      },
    );
  });

  describe('REST', () => {
    const rest = async (
      path: string,
      init: { body?: object; token?: string } = {},
    ) => {
      const { body, token = target.token } = init;
      const response = await fetch(`${target.url}/rest${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          'Content-Type': 'application/json',
          ...(token ? { Authorization: `Bearer ${token}` } : {}),
        },
        body: body && JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    };

    it('lists people (rest-api-find-many.handler.ts)', async () => {
      const { id, emails } = await newPerson();
      const { status, body } = await rest(
        `/people?limit=1&filter=emails.primaryEmail[eq]:${emails.primaryEmail}`,
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({
        data: {
          people: [{ id, emails: { primaryEmail: emails.primaryEmail } }],
        },
        totalCount: 1,
        pageInfo: { hasNextPage: false },
      });
    });

    it('creates people, and refuses one whose address is taken with 400 (rest-api-create-one.handler.ts)', async () => {
      const primaryEmail = `${unique('contract')}@contract.example`;
      const made = await rest('/people', {
        body: { emails: { primaryEmail } },
      });
      expect(made.status).toBe(201);
      people.add(made.body.data.createPerson.id);
      const again = await rest('/people', {
        body: { emails: { primaryEmail } },
      });
      expect(again).toMatchObject({
        status: 400,
        body: { statusCode: 400, messages: [expect.any(String)] },
      });
    });

    it.each([
      ['wrong', 401, 'UNAUTHENTICATED', 'Token invalid.'],
      ['', 403, 'FORBIDDEN_EXCEPTION', 'Missing authentication token'],
    ])(
      'refuses the key "%s" with %i (rest-api-core-authentication.integration-spec.ts)',
      async (token, statusCode, error, message) => {
        expect(await rest('/people', { token })).toEqual({
          status: statusCode,
          body: { statusCode, error, messages: [message] },
        });
      },
    );
  });

  describe('without a key', () => {
    it('tells that it is well (health.controller.ts)', async () => {
      const response = await fetch(`${target.url}/healthz`);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ status: 'ok' });
    });

    it('has a version that is supported and the fields that are needed (client-config.service.ts)', async () => {
      const { problem } = await client.checkVersion();
      expect(problem).toBeUndefined();
    });

    it('may tell its version (client-config.service.ts)', async () => {
      const version = await client.version();
      expect(version ?? '0.0.0').toMatch(/^v?\d+\.\d+\.\d+/);
    });
  });

  describeInSandbox('the first log-in through the identity provider', () => {
    const somebody = (username: string) =>
      target.credentials!.people.find(person => person.username === username)!;
    const logIn = async (username: string) => {
      const session = new BrowserlessSession();
      const page = await session.logIn(
        `${target.url}/auth/oidc/login`,
        username,
        somebody(username).password,
      );
      return { session, page };
    };

    it('is asked of everybody who opens a record (AppPath.ts)', async () => {
      const { id } = await newPerson();
      const page = await new BrowserlessSession().fetch(
        client.recordUrl('person', id),
      );
      expect(page.url).toBe(`${target.url}/welcome`);
      expect(page.body).toContain('Log in with Keycloak');
    });

    it('lands on the record with the same address and makes a member (sign-in-up.service.ts)', async () => {
      const { id } = await newPerson({
        email: somebody('bob').email,
        firstName: 'Bob',
        lastName: 'Tanaka',
      });
      const { session, page } = await logIn('bob');
      expect(page.url).toBe(client.recordUrl('person', id));
      expect(page.body).toContain('Bob Tanaka');
      expect(page.body).toMatch(/Signed in as\s*<b>bob<\/b>/);
      const list = await session.fetch(`${target.url}/objects/people`);
      expect(list.url).toBe(`${target.url}/objects/people`);
    });

    it('shows the list to somebody without a record, and makes none', async () => {
      const { page } = await logIn('gina');
      expect(page.url).toBe(`${target.url}/objects/people`);
      await expect(
        client.people.byEmail(somebody('gina').email),
      ).resolves.toBeUndefined();
    });

    it('does not show a record that was deleted', async () => {
      const { id } = await newPerson();
      const { session } = await logIn('bob');
      await client.people.delete(id);
      const page = await session.fetch(client.recordUrl('person', id));
      expect(page.status).toBe(404);
    });
  });
});

describeInSandbox('Twenty with its rate limit', () => {
  let target: ContractTarget;

  beforeAll(async () => {
    process.env.SANDBOX_TWENTY_CALLS_PER_MINUTE = '3';
    target = await startTarget('twenty');
  });

  afterAll(async () => {
    delete process.env.SANDBOX_TWENTY_CALLS_PER_MINUTE;
    await target?.stop();
  });

  const document = '{ people(first: 1) { totalCount } }';

  const send = async (path: string, body?: object) => {
    const response = await fetch(`${target.url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        Authorization: `Bearer ${target.token}`,
        'Content-Type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };

  it('refuses an operation too many as bad input, in an answer of 200 (throttler-to-graphql-api-exception-handler.util.ts)', async () => {
    for (let call = 0; call < 3; call += 1) {
      const { body } = await send('/graphql', { query: document });
      expect(body.errors).toBeUndefined();
    }
    expect(await send('/graphql', { query: document })).toMatchObject({
      status: 200,
      body: {
        errors: [
          {
            message: 'Limit reached (3 tokens per 60000 ms)',
            extensions: { code: 'BAD_USER_INPUT', subCode: 'LIMIT_REACHED' },
          },
        ],
      },
    });
    await expect(clientOf(target).check()).rejects.toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 20_000,
    });
  });

  it('answers 429 over REST (throttler-to-rest-api-exception-handler.util.ts)', async () => {
    expect(await send('/rest/people')).toMatchObject({ status: 429 });
  });

  it('does not count what asks for the schema (common-base-query-runner.service.ts)', async () => {
    await expect(clientOf(target).opportunities.stages()).resolves.toContain(
      'NEW',
    );
  });
});
