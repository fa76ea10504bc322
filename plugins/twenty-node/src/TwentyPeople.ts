import { sameEmail } from '@formulary/service-client-node';
import { z } from 'zod';
import { TwentyCalls } from './TwentyCalls';
import {
  NewTwentyPerson,
  personSchema,
  TwentyCallOptions,
  TwentyPerson,
} from './types';

const FIELDS = `id name { firstName lastName } emails { primaryEmail } jobTitle companyId deletedAt`;

const listSchema = z.object({
  people: z.object({ edges: z.array(z.object({ node: personSchema })) }),
});

const pageSchema = z.object({
  people: z.object({
    edges: z.array(z.object({ node: personSchema })),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      endCursor: z.string().nullish(),
    }),
  }),
});

/** People a page. */
const PAGE_SIZE = 60;

/**
 * A page of people.
 *
 * @public
 */
export interface TwentyPeoplePage {
  people: TwentyPerson[];
  /** Where the next page begins; absent after the last. */
  next?: string;
}

/**
 * People: records of the CRM, not log-ins.
 *
 * @public
 */
export class TwentyPeople {
  constructor(private readonly calls: TwentyCalls) {}

  /** The person of an e-mail address. */
  async byEmail(
    email: string,
    options?: TwentyCallOptions,
  ): Promise<TwentyPerson | undefined> {
    const person = await this.first(
      { emails: { primaryEmail: { ilike: literal(email) } } },
      `look up the person with the e-mail ${email}`,
      options,
    );
    // The database's idea of case is wider than that of addresses.
    return person && sameEmail(person.emails.primaryEmail, email)
      ? person
      : undefined;
  }

  /** A page of all people who are not deleted, after a cursor of the page before. */
  async list(
    after: string | undefined,
    options?: TwentyCallOptions,
  ): Promise<TwentyPeoplePage> {
    const { people } = await this.calls.run({
      document: `query AllPeople($first: Int, $after: String) {
        people(first: $first, after: $after) {
          edges { node { ${FIELDS} } }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      variables: { first: PAGE_SIZE, after },
      expect: pageSchema,
      action: 'list its people',
      ...options,
    });
    const { hasNextPage, endCursor } = people.pageInfo;
    return {
      people: people.edges.map(({ node }) => node),
      ...(hasNextPage && endCursor ? { next: endCursor } : {}),
    };
  }

  /** The person of an id, unless they were deleted. */
  async byId(
    id: string,
    options?: TwentyCallOptions,
  ): Promise<TwentyPerson | undefined> {
    return this.first({ id: { eq: id } }, `look up the person ${id}`, options);
  }

  /** The soft-deleted person of an id. */
  async deletedById(
    id: string,
    options?: TwentyCallOptions,
  ): Promise<TwentyPerson | undefined> {
    return this.first(
      { id: { eq: id }, deletedAt: { is: 'NOT_NULL' } },
      `look up the deleted person ${id}`,
      options,
    );
  }

  /** The soft-deleted person of an e-mail address: hidden, but the address is still taken. */
  async deletedByEmail(
    email: string,
    options?: TwentyCallOptions,
  ): Promise<TwentyPerson | undefined> {
    const person = await this.first(
      {
        emails: { primaryEmail: { ilike: literal(email) } },
        deletedAt: { is: 'NOT_NULL' },
      },
      `look up the deleted person with the e-mail ${email}`,
      options,
    );
    return person && sameEmail(person.emails.primaryEmail, email)
      ? person
      : undefined;
  }

  /**
   * Makes a person.
   *
   * @throws ServiceError of kind `conflict` when the e-mail is taken, by a soft-deleted person too
   */
  async create(
    person: NewTwentyPerson,
    options?: TwentyCallOptions,
  ): Promise<TwentyPerson> {
    const { createPerson } = await this.calls.run({
      document: `mutation CreatePerson($data: PersonCreateInput!) {
        createPerson(data: $data) { ${FIELDS} }
      }`,
      variables: { data: dataOf(person) },
      expect: z.object({ createPerson: personSchema }),
      action: `create the person ${person.email}`,
      ...options,
    });
    return createPerson;
  }

  /** Changes a person; what is left out stays. */
  async update(
    id: string,
    changes: Partial<NewTwentyPerson>,
    options?: TwentyCallOptions,
  ): Promise<TwentyPerson> {
    const { updatePerson } = await this.calls.run({
      document: `mutation UpdatePerson($id: UUID!, $data: PersonUpdateInput!) {
        updatePerson(id: $id, data: $data) { ${FIELDS} }
      }`,
      variables: { id, data: dataOf(changes) },
      expect: z.object({ updatePerson: personSchema }),
      action: `change the person ${id}`,
      repeatable: true,
      ...options,
    });
    return updatePerson;
  }

  /** Soft-deletes a person: an admin of the workspace can bring them back. */
  async delete(id: string, options?: TwentyCallOptions): Promise<void> {
    await this.change('deletePerson', `delete the person ${id}`, id, options);
  }

  /** Brings a soft-deleted person back. */
  async restore(id: string, options?: TwentyCallOptions): Promise<void> {
    await this.change('restorePerson', `restore the person ${id}`, id, options);
  }

  /** Deletes a person for good. */
  async destroy(id: string, options?: TwentyCallOptions): Promise<void> {
    await this.change('destroyPerson', `destroy the person ${id}`, id, options);
  }

  private async change(
    mutation: string,
    action: string,
    id: string,
    options?: TwentyCallOptions,
  ) {
    await this.calls.run({
      document: `mutation ChangePerson($id: UUID!) { ${mutation}(id: $id) { id } }`,
      variables: { id },
      expect: z.unknown(),
      action,
      ...options,
    });
  }

  private async first(
    filter: object,
    action: string,
    options?: TwentyCallOptions,
  ) {
    const { people } = await this.calls.run({
      document: `query People($filter: PersonFilterInput) {
        people(filter: $filter, first: 1) { edges { node { ${FIELDS} } } }
      }`,
      variables: { filter },
      expect: listSchema,
      action,
      ...options,
    });
    return people.edges[0]?.node;
  }
}

/** A text that LIKE matches literally. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function dataOf(person: Partial<NewTwentyPerson>) {
  const { email, firstName, lastName, jobTitle, companyId } = person;
  return {
    ...person.customFields,
    ...(email === undefined ? {} : { emails: { primaryEmail: email } }),
    ...(firstName === undefined && lastName === undefined
      ? {}
      : { name: { firstName, lastName } }),
    jobTitle,
    companyId,
  };
}
