import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { TwentyClient } from '@formulary/plugin-twenty-node';
import { FakeRecord, FakeRecords, Refusal } from './FakeRecords';

/** Values of the variables that the operations below have. */
interface Variables {
  id: string;
  data: Record<string, unknown> & Array<Record<string, unknown>>;
  live: object;
  deleted: object;
  filter: {
    name?: { eq: string };
    domainName?: { primaryLinkUrl: { in: string[] } };
    emails?: { primaryEmail: { ilike: string } };
    deletedAt?: object;
    companyId?: { eq?: string };
    pointOfContactId?: { eq?: string };
  };
}

/** The few operations of Twenty that the actions use, on a port of its own, for tests. */
export class FakeTwenty {
  readonly records = new FakeRecords();
  stages = ['NEW', 'PROPOSAL', 'WON'];
  /** Every operation, such as `CreatePerson`. */
  readonly calls: string[] = [];
  /** Makes the next operation of this name do its work and then answer 503. */
  loseNext?: string;
  /** Runs before the next operation of this name, as somebody who is faster. */
  before?: { operation: string; act: () => void };
  /** Answers every operation with this instead. */
  broken?: { status: number; body: string; headers?: Record<string, string> };
  private server?: Server;

  get people(): FakeRecord[] {
    return this.records.of('person');
  }

  get companies(): FakeRecord[] {
    return this.records.of('company');
  }

  get opportunities(): FakeRecord[] {
    return this.records.of('opportunity');
  }

  /** Operations that changed something. */
  get changes(): string[] {
    return this.calls.filter(call =>
      /^(Create|Upsert|Change|Delete)/.test(call),
    );
  }

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

  addPerson(email: string, more: object = {}): FakeRecord {
    return this.records.add('person', {
      name: { firstName: 'Somebody', lastName: '' },
      emails: { primaryEmail: email },
      companyId: null,
      ...more,
    });
  }

  addCompany(name: string, primaryLinkUrl = '', more: object = {}): FakeRecord {
    return this.records.add('company', {
      name,
      domainName: { primaryLinkUrl },
      ...more,
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { query, variables } = JSON.parse(text);
    const operation = String(query.match(/^(?:query|mutation) (\w+)/)?.[1]);
    this.calls.push(operation);
    if (this.before?.operation === operation) {
      const { act } = this.before;
      this.before = undefined;
      act();
    }
    if (this.broken) {
      const { status, body, headers } = this.broken;
      response.writeHead(status, headers).end(body);
      return;
    }
    let body: object;
    try {
      body = { data: this.run(operation, variables ?? {}) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const extensions = { code: error.code };
      body = { errors: [{ message: error.message, extensions }] };
    }
    if (this.loseNext === operation) {
      this.loseNext = undefined;
      response.writeHead(503).end();
    } else {
      response.writeHead(200).end(JSON.stringify(body));
    }
  }

  private run(operation: string, variables: Variables): object {
    const { id, data, filter } = variables;
    const [, kind, type] =
      /^(Known|UpsertMany|CreateMany|Create|Delete|Change)(Person|Company|Opportunity)$/.exec(
        operation,
      ) ?? [];
    const object = type?.toLowerCase();
    switch (kind ?? operation) {
      case 'Known':
        return {
          live: edges(this.records.matching(object, variables.live, false)),
          deleted: edges(
            this.records.matching(object, variables.deleted, true),
          ),
        };
      case 'UpsertMany':
        return { upserted: this.records.write(object, data, true) };
      case 'CreateMany':
        return { upserted: this.records.write(object, data, false) };
      case 'Create':
        return { [`create${type}`]: this.create(object, data) };
      case 'Delete':
        return { deleted: this.records.setDeleted(object, id, true) };
      case 'Change':
        return { restored: this.records.setDeleted(object, id, false) };
      case 'People': {
        const email = filter.emails?.primaryEmail.ilike.replace(/\\(.)/g, '$1');
        return {
          people: edges(
            this.people.filter(
              ({ emails, deletedAt }) =>
                emails?.primaryEmail === email?.toLowerCase() &&
                Boolean(deletedAt) === Boolean(filter.deletedAt),
            ),
          ),
        };
      }
      case 'Companies':
        return {
          companies: edges(
            this.companies.filter(
              ({ name, domainName, deletedAt }) =>
                !deletedAt &&
                (filter.name
                  ? name === filter.name.eq
                  : filter.domainName?.primaryLinkUrl.in.includes(
                      domainName?.primaryLinkUrl ?? '',
                    )),
            ),
          ),
        };
      case 'Opportunities':
        return {
          opportunities: edges(
            this.opportunities.filter(
              ({ name, companyId, pointOfContactId }) =>
                name === filter.name?.eq &&
                companyId === (filter.companyId?.eq ?? null) &&
                pointOfContactId === (filter.pointOfContactId?.eq ?? null),
            ),
          ),
        };
      case 'Stages':
        return {
          __type: { enumValues: this.stages.map(name => ({ name })) },
        };
      case 'Fields':
        return {
          __type: {
            inputFields: [
              ...['id', 'name', 'emails', 'domainName', 'jobTitle'],
              ...['stage', 'customerNumber'],
            ].map(name => ({ name })),
          },
        };
      default:
        throw new Error(`an operation that the fake lacks: ${operation}`);
    }
  }

  private create(object: string, data: Record<string, unknown>): FakeRecord {
    const nothing = object === 'company' ? {} : { companyId: null };
    const contact = object === 'opportunity' ? { pointOfContactId: null } : {};
    const related = [data.companyId, data.pointOfContactId];
    if (related.some(id => id && !this.records.has(String(id)))) {
      throw new Refusal(
        `insert or update on table "${object}" violates foreign key constraint`,
      );
    }
    const [made] = this.records.write(
      object,
      [{ ...nothing, ...contact, ...data }],
      false,
    );
    return made;
  }
}

function edges(found: object[]) {
  return { edges: found.map(node => ({ node })) };
}
