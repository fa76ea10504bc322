import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { ServiceError } from '@formulary/service-client-node';
import { TwentyClient } from './TwentyClient';

const TOKEN = 'eyJhbGciOi.key.of-the-workspace';

const person = (email: string) => ({
  id: `id-of-${email}`,
  name: { firstName: 'Bob', lastName: 'Tanaka' },
  emails: { primaryEmail: email },
  jobTitle: '',
  companyId: null,
  deletedAt: null,
});

interface Answer {
  status: number;
  body: unknown;
}

const data = (body: object): Answer => ({ status: 200, body: { data: body } });

const refused = (
  message: string,
  extensions: object = {},
  more: object = {},
): Answer => ({
  status: 200,
  body: { errors: [{ message, extensions }], ...more },
});

const newBob = {
  email: 'bob@acme.example',
  firstName: 'Bob',
  lastName: 'Tanaka',
};

describe('TwentyClient', () => {
  let server: Server;
  let client: TwentyClient;
  let now: number;
  let answers: Answer[];
  let requests: Array<{
    line: string;
    token?: string;
    query: string;
    variables: Record<string, unknown>;
  }>;

  beforeEach(async () => {
    answers = [];
    requests = [];
    now = 0;
    server = createServer(async (request, response) => {
      requests.push({
        line: `${request.method} ${request.url}`,
        token: request.headers.authorization,
        ...JSON.parse((await textOf(request)) || '{}'),
      });
      const { status, body } = answers.shift() ?? {
        status: 500,
        body: 'unexpected call',
      };
      response.writeHead(status);
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    client = new TwentyClient(
      {
        baseUrl: `http://127.0.0.1:${port}`,
        token: TOKEN,
        frontUrl: 'https://crm.example.com',
      },
      { retries: 1, now: () => now },
    );
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  const failureOf = async (call: Promise<unknown>): Promise<ServiceError> => {
    const error = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof ServiceError)) throw error ?? new Error('no error');
    return error;
  };

  it('sends operations with the key as a bearer', async () => {
    answers = [data({ createPerson: person('bob@acme.example') })];
    await client.people.create(newBob);
    expect(requests).toEqual([
      {
        line: 'POST /graphql',
        token: `Bearer ${TOKEN}`,
        query: expect.stringMatching(/^mutation CreatePerson/),
        variables: {
          data: {
            emails: { primaryEmail: 'bob@acme.example' },
            name: { firstName: 'Bob', lastName: 'Tanaka' },
          },
        },
      },
    ]);
  });

  describe('errors in answers of HTTP 200', () => {
    it.each([
      ['UNAUTHENTICATED', 'unauthorized'],
      ['FORBIDDEN', 'forbidden'],
      ['NOT_FOUND', 'not-found'],
      ['CONFLICT', 'conflict'],
      ['BAD_USER_INPUT', 'validation'],
      ['GRAPHQL_VALIDATION_FAILED', 'validation'],
      ['LIMIT_REACHED', 'rate-limited'],
      ['TOO_MANY_REQUESTS', 'rate-limited'],
      ['INTERNAL_SERVER_ERROR', 'unavailable'],
      ['TIMEOUT', 'unavailable'],
      ['A_CODE_OF_THE_FUTURE', 'validation'],
    ])('with %s are of the kind %s', async (code, kind) => {
      answers = [refused('What Twenty says.', { code })];
      const error = await failureOf(client.people.create(newBob));
      expect(error).toMatchObject({ kind, code, service: 'Twenty' });
      expect(error.message).toMatch(
        /^Twenty could not create the person bob@acme.example: What Twenty says\./,
      );
      expect(requests).toHaveLength(1);
    });

    it.each([
      [
        'names the record in the way',
        'Something new',
        { conflictingRecordId: 'id-of-bob' },
      ],
      [
        'tells the constraint',
        'A duplicate entry was detected: unique constraint person.IDX_UNIQUE_1 was violated',
        {},
      ],
    ])('are a conflict when one %s', async (_what, message, more) => {
      answers = [refused(message, { code: 'BAD_USER_INPUT', ...more })];
      const error = await failureOf(client.people.create(newBob));
      expect(error.kind).toBe('conflict');
    });

    const limited = (tokens: number) =>
      refused(`Limit reached (${tokens} tokens per 60000 ms)`, {
        code: 'BAD_USER_INPUT',
        subCode: 'LIMIT_REACHED',
      });

    it('make a call wait for its turn after too many, even a mutation', async () => {
      answers = [
        limited(60_000),
        data({ createPerson: person('bob@acme.example') }),
      ];
      await client.people.create(newBob);
      expect(requests).toHaveLength(2);
    });

    it('say when to come back when every turn was taken', async () => {
      answers = [limited(60_000), limited(60_000)];
      const error = await failureOf(client.check());
      expect(error).toMatchObject({
        kind: 'rate-limited',
        transient: true,
        retryAfterMs: 1,
      });
      expect(requests).toHaveLength(2);
    });

    it('say when to come back when that is too long to wait', async () => {
      answers = [limited(2)];
      const error = await failureOf(client.check());
      expect(error).toMatchObject({
        kind: 'rate-limited',
        retryAfterMs: 30_000,
      });
      expect(requests).toHaveLength(1);
    });

    it('end the wait when the caller gives up', async () => {
      answers = [limited(4)];
      const end = new AbortController();
      const call = client.check({ signal: end.signal });
      while (requests.length === 0) await new Promise(setImmediate);
      end.abort(new Error('cancelled'));
      await expect(call).rejects.toThrow('cancelled');
      expect(requests).toHaveLength(1);
    });

    it('are about the input when the schema refuses a value', async () => {
      answers = [
        refused(
          'Variable "$data" got invalid value "active" at "data.stage"; Value "active" does not exist in "OpportunityStageEnum" enum.',
          { code: 'INTERNAL_SERVER_ERROR' },
        ),
      ];
      const error = await failureOf(client.people.create(newBob));
      expect(error.kind).toBe('validation');
    });

    it('hold what Twenty tells its users', async () => {
      answers = [
        refused('Internal words', { userFriendlyMessage: 'Kind words.' }),
      ];
      const error = await failureOf(client.check());
      expect(error.message).toContain('Internal words (Kind words.)');
    });

    it('count although there is data beside them', async () => {
      answers = [
        refused(
          'Half of it',
          { code: 'FORBIDDEN' },
          { data: { people: null } },
        ),
      ];
      expect((await failureOf(client.check())).kind).toBe('forbidden');
    });

    it('never show the key, even when the server repeats it', async () => {
      answers = [refused(`key ${TOKEN} is odd`)];
      const error = await failureOf(client.check());
      expect(error.message).toContain('key *** is odd');
      expect(error.message).not.toContain(TOKEN);
    });
  });

  describe('answers that are no answers', () => {
    it.each([
      ['a page', '<html><body>Please log in</body></html>'],
      ['something else in JSON', { status: 'ok' }],
      ['no data', { data: null }],
    ])('such as %s ask to check the address', async (_what, body) => {
      answers = [{ status: 200, body }];
      const error = await failureOf(client.check());
      expect(error.kind).toBe('unexpected-response');
      expect(error.message).toContain('Check that the configured address');
    });

    it('such as data of another shape ask to check the version', async () => {
      answers = [data({ people: [] })];
      const error = await failureOf(client.people.byEmail('bob@acme.example'));
      expect(error.kind).toBe('unexpected-response');
      expect(error.message).toContain('Check that the version of the server');
    });

    it.each([
      [401, 'unauthorized'],
      [403, 'forbidden'],
      [429, 'rate-limited'],
      [502, 'unavailable'],
    ])('such as HTTP %i of a proxy are %s', async (status, kind) => {
      const answer = { status, body: `<h1>${TOKEN}</h1>` };
      answers = [answer, answer];
      const error = await failureOf(client.check());
      expect(error.kind).toBe(kind);
      expect(error.message).not.toContain(TOKEN);
    });
  });

  describe('after an answer of 503', () => {
    const broken: Answer = { status: 503, body: '' };

    it('reads again', async () => {
      answers = [broken, data({ people: { edges: [] } })];
      await expect(
        client.people.byEmail('bob@acme.example'),
      ).resolves.toBeUndefined();
    });

    it('does not create again: the first may have worked', async () => {
      answers = [broken, data({ createPerson: person('bob@acme.example') })];
      const error = await failureOf(client.people.create(newBob));
      expect(error.kind).toBe('unavailable');
      expect(requests).toHaveLength(1);
    });

    it('updates again, which makes no difference', async () => {
      answers = [broken, data({ updatePerson: person('bob@acme.example') })];
      await client.people.update('id-of-bob', { firstName: 'Bob' });
      expect(requests).toHaveLength(2);
    });
  });

  it.each([
    ['a_b+c@acme.example', 'a\\_b+c@acme.example'],
    ['50%@acme.example', '50\\%@acme.example'],
    ['a\\b@acme.example', 'a\\\\b@acme.example'],
  ])('looks for the address %s literally', async (email, pattern) => {
    answers = [data({ people: { edges: [{ node: person(email) }] } })];
    await expect(client.people.byEmail(email)).resolves.toMatchObject({
      id: `id-of-${email}`,
    });
    expect(requests[0].variables).toEqual({
      filter: { emails: { primaryEmail: { ilike: pattern } } },
    });
  });

  it('reads empty texts that are stored as null', async () => {
    const nameless = {
      ...person('bob@acme.example'),
      name: { firstName: null, lastName: null },
    };
    answers = [data({ people: { edges: [{ node: nameless }] } })];
    await expect(
      client.people.byEmail('bob@acme.example'),
    ).resolves.toMatchObject({ name: { firstName: '', lastName: '' } });
  });

  it('looks for a company by its domain however the link is written', async () => {
    answers = [data({ companies: { edges: [] } })];
    await client.companies.byDomain('ACME.example');
    expect(requests[0].variables).toEqual({
      filter: {
        domainName: {
          primaryLinkUrl: {
            in: ['acme.example', 'https://acme.example', 'http://acme.example'],
          },
        },
      },
    });
  });

  it('looks for an opportunity without contact and company as one that has none', async () => {
    answers = [data({ opportunities: { edges: [] } })];
    await client.opportunities.find({ name: 'Orbit', companyId: 'c' });
    expect(requests[0].variables).toEqual({
      filter: {
        name: { eq: 'Orbit' },
        companyId: { eq: 'c' },
        pointOfContactId: { is: 'NULL' },
      },
    });
  });

  it('sends amounts in millionths, and none where there is none', async () => {
    const opportunity = {
      id: 'o',
      name: 'Orbit',
      stage: 'NEW',
      companyId: null,
      pointOfContactId: null,
    };
    answers = [
      data({ createOpportunity: opportunity }),
      data({ createOpportunity: opportunity }),
    ];
    const wanted = { name: 'Orbit', stage: 'NEW', currency: 'EUR' };
    await client.opportunities.create({ ...wanted, amount: 0.1 + 0.2 });
    await client.opportunities.create(wanted);
    expect(requests.map(({ variables }) => variables)).toEqual([
      {
        data: {
          name: 'Orbit',
          stage: 'NEW',
          amount: { amountMicros: 300_000, currencyCode: 'EUR' },
        },
      },
      { data: { name: 'Orbit', stage: 'NEW' } },
    ]);
  });

  it('asks for the stages once a minute', async () => {
    const stages = (...names: string[]) =>
      data({ __type: { enumValues: names.map(name => ({ name })) } });
    answers = [stages('NEW'), stages('NEW', 'WON')];
    await expect(client.opportunities.stages()).resolves.toEqual(['NEW']);
    now = 59_999;
    await expect(client.opportunities.stages()).resolves.toEqual(['NEW']);
    now = 60_000;
    await expect(client.opportunities.stages()).resolves.toEqual([
      'NEW',
      'WON',
    ]);
    expect(requests).toHaveLength(2);
  });

  it('does not remember a failure to tell the stages', async () => {
    answers = [
      refused('Not you', { code: 'FORBIDDEN' }),
      data({ __type: { enumValues: [{ name: 'NEW' }] } }),
    ];
    await failureOf(client.opportunities.stages());
    await expect(client.opportunities.stages()).resolves.toEqual(['NEW']);
  });

  describe('records', () => {
    const edges = (...nodes: object[]) => ({
      edges: nodes.map(node => ({ node })),
    });

    it('are looked up by ids and unique values as Twenty keeps them, deleted ones too', async () => {
      answers = [
        data({
          live: edges({
            id: 'a',
            emails: { primaryEmail: 'bob@acme.example' },
          }),
          deleted: edges({ id: 'b', emails: { primaryEmail: null } }),
        }),
      ];
      await expect(
        client.records.existing('person', [
          { emails: { primaryEmail: 'BOB@acme.example' } },
          { id: 'b' },
        ]),
      ).resolves.toEqual([
        { id: 'a', unique: 'bob@acme.example', deleted: false },
        { id: 'b', unique: undefined, deleted: true },
      ]);
      expect(requests[0].variables.live).toEqual({
        or: [
          { id: { in: ['b'] } },
          { emails: { primaryEmail: { in: ['bob@acme.example'] } } },
        ],
      });
    });

    it.each([
      ['https://Acme.example/', 'https://acme.example'],
      ['HTTPS://acme.example/Shop/', 'https://acme.example/Shop'],
      ['acme.example', 'acme.example'],
    ])('with the link %s are known by %s', (primaryLinkUrl, unique) => {
      expect(
        client.records.uniqueOf('company', { domainName: { primaryLinkUrl } }),
      ).toBe(unique);
    });

    it('are not looked up where nothing tells them apart', async () => {
      await expect(
        client.records.existing('opportunity', [{ name: 'Orbit' }]),
      ).resolves.toEqual([]);
      expect(requests).toEqual([]);
    });

    it('are made without changing any', async () => {
      answers = [data({ upserted: [{ id: 'a' }] })];
      await client.records.create('person', [{ id: 'a' }]);
      expect(requests[0].query).toContain('upsert: false');
    });

    it('are not made twice after a lost answer', async () => {
      answers = [{ status: 503, body: '' }, data({ upserted: [] })];
      await expect(
        client.records.create('person', [{ id: 'a' }]),
      ).rejects.toMatchObject({ kind: 'unavailable' });
      expect(requests).toHaveLength(1);
    });

    it('have the fields that the workspace tells, asked once a minute', async () => {
      answers = [data({ __type: { inputFields: [{ name: 'shoeSize' }] } })];
      await client.schema.fields('person');
      await expect(client.schema.fields('person')).resolves.toEqual([
        'shoeSize',
      ]);
      expect(requests).toHaveLength(1);
    });
  });

  describe('upserts', () => {
    const upserted = (...ids: string[]) =>
      data({ upserted: ids.map(id => ({ id })) });
    const withEmail = (primaryEmail: string) => ({ emails: { primaryEmail } });

    it('in batches of 60', async () => {
      const emails = Array.from(
        { length: 130 },
        (_, i) => `p${i}@acme.example`,
      );
      answers = [
        upserted(...emails.slice(0, 60)),
        upserted(...emails.slice(60, 120)),
        upserted(...emails.slice(120)),
      ];
      await expect(
        client.records.upsert('person', emails.map(withEmail)),
      ).resolves.toEqual(emails);
      expect(
        requests.map(({ variables }) => (variables.data as unknown[]).length),
      ).toEqual([60, 60, 10]);
    });

    it.each([
      ['person', { emails: { primaryEmail: 'bob@acme.example' } }],
      ['company', { domainName: { primaryLinkUrl: 'https://acme.example' } }],
      ['opportunity', { id: 'o' }],
    ] as const)(
      'a %s again after a lost answer when it is known by something',
      async (object, record) => {
        answers = [{ status: 503, body: '' }, upserted('id')];
        await expect(client.records.upsert(object, [record])).resolves.toEqual([
          'id',
        ]);
      },
    );

    it.each([
      ['person', { name: { firstName: 'Bob' } }],
      ['company', { name: 'Acme' }],
      ['opportunity', { name: 'Orbit' }],
    ] as const)(
      'a %s only once when a second one could be made',
      async (object, record) => {
        answers = [{ status: 503, body: '' }, upserted('id')];
        const error = await failureOf(client.records.upsert(object, [record]));
        expect(error.kind).toBe('unavailable');
        expect(requests).toHaveLength(1);
      },
    );
  });

  it.each([
    [{ appVersion: '2.43.0' }, '2.43.0'],
    [{ appVersion: null }, undefined],
    [{}, undefined],
  ])('tells the version of %j', async (body, version) => {
    answers = [{ status: 200, body }];
    await expect(client.version()).resolves.toBe(version);
    expect(requests[0].line).toBe('GET /client-config');
  });

  describe('the version check', () => {
    const fields = (...names: string[]) => ({
      fields: names.map(name => ({ name })),
    });
    const schema = {
      Person: fields(
        ...['id', 'name', 'emails', 'jobTitle', 'companyId', 'deletedAt'],
      ),
      Company: fields('id', 'name', 'domainName'),
      Opportunity: fields(
        ...['id', 'name', 'stage', 'amount', 'closeDate'],
        ...['companyId', 'pointOfContactId', 'ofAnAdmin'],
      ),
    };
    const tells = (appVersion?: string): Answer => ({
      status: 200,
      body: { appVersion },
    });

    it.each(['2.43.0', undefined])(
      'has nothing against %s with every field',
      async version => {
        answers = [tells(version), data(schema)];
        await expect(client.checkVersion()).resolves.toEqual(
          version ? { version } : {},
        );
      },
    );

    it('names a version that is not supported', async () => {
      answers = [tells('0.60.0')];
      await expect(client.checkVersion()).resolves.toEqual({
        version: '0.60.0',
        problem:
          'Twenty 0.60.0 is not supported: Formulary works with 1.0 and newer, below 3. Upgrade Twenty',
      });
    });

    it('names the fields that the workspace lacks, and what to do', async () => {
      answers = [
        tells(),
        data({ ...schema, Person: fields('id', 'name'), Company: null }),
      ];
      const { problem } = await client.checkVersion();
      expect(problem).toContain('lacks Person.emails, Person.jobTitle');
      expect(problem).toContain('Company.domainName. Upgrade Twenty');
    });
  });

  it('looks a person up by id', async () => {
    const edges = [{ node: person('bob@acme.example') }];
    answers = [data({ people: { edges } })];
    await expect(client.people.byId('id')).resolves.toMatchObject({
      emails: { primaryEmail: 'bob@acme.example' },
    });
    expect(requests[0].variables).toEqual({ filter: { id: { eq: 'id' } } });
  });

  it('takes nobody whose address only looks alike to the database', async () => {
    const edges = [{ node: person('frank@acme.example') }];
    answers = [data({ people: { edges } }), data({ people: { edges } })];
    const email = 'fran\u212a@acme.example';
    await expect(client.people.byEmail(email)).resolves.toBeUndefined();
    await expect(client.people.deletedByEmail(email)).resolves.toBeUndefined();
  });

  it('stops when the caller gives up', async () => {
    await expect(
      client.check({ signal: AbortSignal.abort(new Error('cancelled')) }),
    ).rejects.toThrow('cancelled');
    expect(requests).toEqual([]);
  });

  it('gives the page of a record at the address for people', () => {
    expect(client.recordUrl('person', 'a/b')).toBe(
      'https://crm.example.com/object/person/a%2Fb',
    );
  });
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
