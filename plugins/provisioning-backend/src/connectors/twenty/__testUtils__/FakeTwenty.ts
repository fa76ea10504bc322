import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { TwentyClient } from '@formulary/plugin-twenty-node';
import express from 'express';

/** A person of the fake. */
export interface FakePerson {
  id: string;
  name: { firstName: string; lastName: string };
  emails: { primaryEmail: string };
  companyId: string | null;
  deletedAt: string | null;
}

/** Values of the variables that the operations below have. */
interface Variables {
  id: string;
  after?: string;
  data: Partial<FakePerson>;
  filter: {
    name?: { eq: string };
    domainName?: { primaryLinkUrl: { in: string[] } };
    id?: { eq: string };
    emails?: { primaryEmail: { ilike: string } };
    deletedAt?: object;
  };
}

/** The few operations of Twenty that the connector uses, on a port of its own, for tests. */
export class FakeTwenty {
  readonly people: FakePerson[] = [];
  /** People a page of the list. */
  pageSize = 60;
  readonly companies: Array<{ id: string; name: string; url: string }> = [];
  /** Every operation that changed something, such as `createPerson`. */
  readonly changes: string[] = [];
  /** What the next operation is refused with, in an answer of 200. */
  refusal?: { message: string; code: string };
  /** What `GET /client-config` tells. */
  version: string | null = '2.43.0';
  /** Fields that the workspace's Person lacks. */
  lacking: string[] = [];
  /** Makes the next `createPerson` do its work and then answer 503. */
  loseNextCreate = false;
  /** Runs before the next `createPerson`, as somebody who is faster. */
  beforeCreate?: () => void;
  private server?: Server;

  /** Starts listening and answers a client for it. */
  async start(): Promise<TwentyClient> {
    const app = express();
    app.use(express.json());
    app.get('/client-config', (_request, response) => {
      response.json({ appVersion: this.version });
    });
    app.post('/graphql', (request, response) => {
      const { query, variables } = request.body;
      const error = this.refusal;
      this.refusal = undefined;
      const body = error
        ? refusalOf(error.message, error.code)
        : this.run(query, variables ?? {});
      if (this.loseNextCreate && query.includes('createPerson(')) {
        this.loseNextCreate = false;
        response.status(503).end();
      } else {
        response.json(body);
      }
    });
    const server = app.listen(0, '127.0.0.1');
    this.server = server;
    await new Promise(resolve => {
      server.once('listening', resolve);
    });
    return new TwentyClient(
      {
        baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        token: 'key-of-the-workspace',
        frontUrl: 'https://crm.example.com',
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

  /** Adds a record as if somebody had made it before. */
  add(person: Partial<FakePerson>): FakePerson {
    const added = {
      id: `id${this.people.length}`,
      name: { firstName: '', lastName: '' },
      emails: { primaryEmail: 'somebody@acme.example' },
      companyId: null,
      deletedAt: null,
      ...person,
    };
    this.people.push(added);
    return added;
  }

  private page(after: string | undefined): object {
    const from = Number(after ?? 0);
    const nodes = this.people
      .filter(({ deletedAt }) => !deletedAt)
      .slice(from, from + this.pageSize);
    return {
      data: {
        people: {
          edges: nodes.map(node => ({ node })),
          pageInfo: {
            hasNextPage: from + nodes.length < this.people.length,
            endCursor: String(from + nodes.length),
          },
        },
      },
    };
  }

  private run(query: string, { id, data, filter, after }: Variables): object {
    const mutation = query.match(/\{\s*(\w+Person)\(/)?.[1];
    const known = this.people.find(person => person.id === id);
    if (mutation && mutation !== 'createPerson') {
      this.changes.push(mutation);
      if (!known) return refusalOf('Record not found', 'NOT_FOUND');
      if (mutation === 'deletePerson') known.deletedAt = '2030-01-01';
      if (mutation === 'restorePerson') known.deletedAt = null;
      const email = data?.emails?.primaryEmail;
      const isTaken = this.people.some(
        one => one !== known && one.emails.primaryEmail === email,
      );
      if (isTaken) {
        return refusalOf('A duplicate entry was detected', 'BAD_USER_INPUT');
      }
      if (mutation === 'updatePerson') Object.assign(known, data);
      return { data: { [mutation]: known } };
    }
    if (mutation) {
      this.beforeCreate?.();
      this.changes.push(mutation);
      const email = data.emails?.primaryEmail;
      return this.people.some(({ emails }) => emails.primaryEmail === email)
        ? refusalOf('A duplicate entry was detected', 'BAD_USER_INPUT')
        : { data: { createPerson: this.add(data) } };
    }
    if (query.startsWith('query NeededFields')) return this.schema();
    if (query.startsWith('query Companies')) {
      const company = this.companies.find(({ name, url }) =>
        filter.name
          ? name === filter.name.eq
          : filter.domainName?.primaryLinkUrl.in.includes(url),
      );
      return edges('companies', company);
    }
    if (query.startsWith('query AllPeople')) return this.page(after);
    if (query.startsWith('query People')) {
      const email = filter.emails?.primaryEmail.ilike.replace(/\\(.)/g, '$1');
      return edges(
        'people',
        this.people.find(
          ({ id: own, emails, deletedAt }) =>
            (filter.id
              ? own === filter.id.eq
              : emails.primaryEmail === email?.toLowerCase()) &&
            Boolean(deletedAt) === Boolean(filter.deletedAt),
        ),
      );
    }
    return { data: { people: { totalCount: this.people.length } } };
  }

  private schema() {
    const type = (...names: string[]) => ({
      fields: names
        .filter(name => !this.lacking.includes(name))
        .map(name => ({ name })),
    });
    return {
      data: {
        Person: type(
          ...['id', 'name', 'emails', 'jobTitle', 'companyId', 'deletedAt'],
        ),
        Company: type('id', 'name', 'domainName'),
        Opportunity: type(
          ...['id', 'name', 'stage', 'amount', 'closeDate'],
          ...['companyId', 'pointOfContactId'],
        ),
      },
    };
  }
}

function refusalOf(message: string, code: string) {
  return { errors: [{ message, extensions: { code } }] };
}

function edges(list: string, found: object | undefined) {
  return { data: { [list]: { edges: found ? [{ node: found }] : [] } } };
}
