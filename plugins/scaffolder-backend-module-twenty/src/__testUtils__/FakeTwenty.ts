import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { TwentyClient } from '@formulary/plugin-twenty-node';

interface FakePerson {
  id: string;
  name: { firstName: string; lastName: string };
  emails: { primaryEmail: string };
  jobTitle?: string;
  companyId: string | null;
  deletedAt: string | null;
}

interface FakeCompany {
  id: string;
  name: string;
  domainName: { primaryLinkUrl: string };
}

interface FakeOpportunity {
  id: string;
  name: string;
  stage: string;
  companyId: string | null;
  pointOfContactId: string | null;
  closeDate?: string;
  amount?: { amountMicros: number; currencyCode: string };
}

/** Values of the variables that the operations below have. */
interface Variables {
  id: string;
  data: Record<string, unknown>;
  filter: {
    name?: { eq: string };
    domainName?: { primaryLinkUrl: { in: string[] } };
    emails?: { primaryEmail: { ilike: string } };
    deletedAt?: object;
    companyId?: { eq?: string };
    pointOfContactId?: { eq?: string };
  };
}

class Refusal extends Error {}

/** The few operations of Twenty that the actions use, on a port of its own, for tests. */
export class FakeTwenty {
  readonly people: FakePerson[] = [];
  readonly companies: FakeCompany[] = [];
  readonly opportunities: FakeOpportunity[] = [];
  stages = ['NEW', 'PROPOSAL', 'WON'];
  /** Every operation, such as `CreatePerson`. */
  readonly calls: string[] = [];
  /** Makes the next operation of this name do its work and then answer 503. */
  loseNext?: string;
  /** Runs before the next operation of this name, as somebody who is faster. */
  before?: { operation: string; act: () => void };
  private server?: Server;

  /** Starts listening and answers a client for it. */
  async start(stages?: Record<string, string>): Promise<TwentyClient> {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(error => response.destroy(error));
    });
    const { server } = this;
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    return new TwentyClient(
      {
        baseUrl: `http://127.0.0.1:${port}`,
        token: 'key-of-the-workspace',
        frontUrl: 'https://crm.example.com',
        stages,
      },
      { retries: 0 },
    );
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise(resolve => {
      this.server?.close(resolve);
    });
  }

  addPerson(email: string, more: Partial<FakePerson> = {}): FakePerson {
    const added = {
      id: `person-${this.people.length}`,
      name: { firstName: 'Somebody', lastName: '' },
      emails: { primaryEmail: email },
      companyId: null,
      deletedAt: null,
      ...more,
    };
    this.people.push(added);
    return added;
  }

  addCompany(name: string, primaryLinkUrl = ''): FakeCompany {
    const id = `0f0e4c1d-0000-4000-8000-00000000000${this.companies.length}`;
    const added = { id, name, domainName: { primaryLinkUrl } };
    this.companies.push(added);
    return added;
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { query, variables } = JSON.parse(text);
    const operation = String(query.match(/^(?:query|mutation) (\w+)/)?.[1]);
    this.calls.push(operation);
    if (this.before?.operation === operation) {
      this.before.act();
      this.before = undefined;
    }
    let body: object;
    try {
      body = { data: this.run(operation, variables ?? {}) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const extensions = { code: 'BAD_USER_INPUT' };
      body = { errors: [{ message: error.message, extensions }] };
    }
    if (this.loseNext === operation) {
      this.loseNext = undefined;
      response.writeHead(503).end();
    } else {
      response.writeHead(200).end(JSON.stringify(body));
    }
  }

  private run(operation: string, { id, data, filter }: Variables): object {
    switch (operation) {
      case 'People': {
        const email = filter.emails?.primaryEmail.ilike.replace(/\\(.)/g, '$1');
        return edges(
          'people',
          this.people.find(
            person =>
              person.emails.primaryEmail === email?.toLowerCase() &&
              Boolean(person.deletedAt) === Boolean(filter.deletedAt),
          ),
        );
      }
      case 'CreatePerson': {
        const { primaryEmail } = data.emails as FakePerson['emails'];
        this.refuseTwo(
          this.people.some(
            ({ emails }) => emails.primaryEmail === primaryEmail,
          ),
        );
        return { createPerson: this.addPerson(primaryEmail, data) };
      }
      case 'ChangePerson': {
        const person = this.people.find(one => one.id === id)!;
        person.deletedAt = null;
        return { restorePerson: { id } };
      }
      case 'Companies':
        return edges(
          'companies',
          this.companies.find(({ name, domainName }) =>
            filter.name
              ? name === filter.name.eq
              : filter.domainName?.primaryLinkUrl.in.includes(
                  domainName.primaryLinkUrl,
                ),
          ),
        );
      case 'CreateCompany': {
        const { primaryLinkUrl } = (data.domainName ?? {
          primaryLinkUrl: '',
        }) as FakeCompany['domainName'];
        this.refuseTwo(
          this.companies.some(
            ({ domainName }) =>
              primaryLinkUrl !== '' &&
              domainName.primaryLinkUrl === primaryLinkUrl,
          ),
        );
        return {
          createCompany: this.addCompany(String(data.name), primaryLinkUrl),
        };
      }
      case 'UpsertPerson':
        return {
          upserted: (data as unknown as FakePerson[]).map(given =>
            Object.assign(
              this.people.find(
                ({ emails }) =>
                  emails.primaryEmail === given.emails.primaryEmail,
              ) ?? this.addPerson(given.emails.primaryEmail),
              given,
            ),
          ),
        };
      case 'UpsertCompany':
        return {
          upserted: (data as unknown as FakeCompany[]).map(
            ({ name, domainName }) =>
              this.addCompany(name, domainName.primaryLinkUrl),
          ),
        };
      case 'Stages':
        return {
          __type: { enumValues: this.stages.map(name => ({ name })) },
        };
      case 'Opportunities':
        return edges(
          'opportunities',
          this.opportunities.find(
            ({ name, companyId, pointOfContactId }) =>
              name === filter.name?.eq &&
              companyId === (filter.companyId?.eq ?? null) &&
              pointOfContactId === (filter.pointOfContactId?.eq ?? null),
          ),
        );
      case 'CreateOpportunity': {
        const added = {
          id: `opportunity-${this.opportunities.length}`,
          companyId: null,
          pointOfContactId: null,
          ...data,
        } as FakeOpportunity;
        this.opportunities.push(added);
        return { createOpportunity: added };
      }
      default:
        throw new Error(`an operation that the fake lacks: ${operation}`);
    }
  }

  private refuseTwo(taken: boolean) {
    if (taken) throw new Refusal('A duplicate entry was detected');
  }
}

function edges(list: string, found: object | undefined) {
  return { [list]: { edges: found ? [{ node: found }] : [] } };
}
