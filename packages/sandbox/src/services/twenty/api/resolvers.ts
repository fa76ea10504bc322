import { randomUUID } from 'node:crypto';
import { Collection } from '../../../core/store';
import {
  CompanyRow,
  OpportunityRow,
  PersonRow,
  RecordRow,
  Twenty,
} from '../model';
import { connection, ConnectionArguments } from './connection';
import { badInput, recordNotFound, write } from './errors';
import { Filter, satisfies } from './filter';
import { withLowerCaseEmail, withTidyUrl } from './normalise';

/** `MUTATION_MAXIMUM_AFFECTED_RECORDS`. */
const MAX_BATCH = 100;

type Data = Record<string, unknown>;

interface ObjectOptions<T extends RecordRow> {
  /** Name of the object, such as `person`. */
  single: string;
  list: string;
  type: string;
  plural: string;
  rows: Collection<T>;
  /** A record from the input of a create or update, over what was there. */
  build(data: Data, before?: T): Omit<T, keyof RecordRow>;
  /** The record that an upsert of this input means, by id or unique field. */
  existing(data: Data): T | undefined;
}

/** Resolvers of one object. */
function objectResolvers<T extends RecordRow>(options: ObjectOptions<T>) {
  const { single, list, type, plural, rows, build, existing } = options;
  const now = () => new Date().toISOString();

  const save = (data: Data, before?: T): T =>
    write(single, () =>
      rows.put({
        createdAt: now(),
        ...before,
        id: String(before?.id ?? data.id ?? randomUUID()),
        updatedAt: now(),
        ...build(data, before),
      } as T),
    );
  const create = (data: Data, upsert: boolean): T => {
    const known = upsert ? existing(data) : undefined;
    // An upsert brings a soft-deleted record back (`common-create-many-query-runner.service.ts`).
    if (known) return save(data, { ...known, deletedAt: undefined });
    if (typeof data.id === 'string' && rows.get(data.id)) {
      throw badInput('A duplicate entry was detected', {
        conflictingRecordId: data.id,
        conflictingObjectNameSingular: single,
      });
    }
    return save(data);
  };
  const get = (id: string, deleted: boolean): T => {
    const row = rows.get(id);
    if (!row || Boolean(row.deletedAt) !== deleted) throw recordNotFound();
    return row;
  };

  return {
    queries: {
      [single]: (_: unknown, { filter }: { filter?: Filter }) => {
        const found = rows
          .all()
          .find(row => !row.deletedAt && satisfies(row, filter ?? {}));
        if (!found) throw recordNotFound();
        return found;
      },
      [list]: (_: unknown, input: ConnectionArguments) =>
        connection(rows.all(), input),
    },
    mutations: {
      [`create${type}`]: (
        _: unknown,
        { data, upsert }: { data: Data; upsert?: boolean },
      ) => create(data, upsert === true),
      [`create${plural}`]: (
        _: unknown,
        { data, upsert }: { data: Data[]; upsert?: boolean },
      ) => {
        if (data.length > MAX_BATCH) {
          throw badInput(
            `Maximum number of records to upsert is ${MAX_BATCH}.`,
          );
        }
        return data.map(row => create(row, upsert === true));
      },
      [`update${type}`]: (
        _: unknown,
        { id, data }: { id: string; data: Data },
      ) => save(data, get(id, false)),
      [`delete${type}`]: (_: unknown, { id }: { id: string }) =>
        rows.put({ ...get(id, false), deletedAt: now() }),
      [`restore${type}`]: (_: unknown, { id }: { id: string }) =>
        rows.put({ ...get(id, true), deletedAt: undefined }),
      [`destroy${type}`]: (_: unknown, { id }: { id: string }) => {
        const row = rows.get(id);
        if (!row) throw recordNotFound();
        rows.delete(id);
        return row;
      },
    },
  };
}

/** Resolvers of the workspace's schema. */
export function createResolvers(twenty: Twenty) {
  /** The company that an input means: `companyId`, or `connect` on a unique field, never both. */
  const companyOf = (data: Data, before: string | null = null) => {
    const { companyId, company } = data as {
      companyId?: string | null;
      company?: { connect?: { where: Partial<CompanyRow> } } | null;
    };
    const where = company?.connect?.where;
    if (!where) {
      if (companyId && !twenty.companies.get(companyId)) throw recordNotFound();
      return companyId === undefined ? before : companyId;
    }
    if (companyId !== undefined) {
      throw badInput('company and companyId cannot be both provided.', {
        subCode: 'CONNECT_NOT_ALLOWED',
      });
    }
    const url = withTidyUrl(where.domainName)?.primaryLinkUrl;
    if (!where.id && !url) {
      throw badInput(
        'Missing required fields: at least one unique constraint have to be fully populated for "company"',
        { subCode: 'CONNECT_UNIQUE_CONSTRAINT_ERROR' },
      );
    }
    const found = where.id
      ? twenty.companies.get(where.id)
      : twenty.companies.find('domainNamePrimaryLinkUrl', url!.toLowerCase());
    if (!found || found.deletedAt) {
      throw badInput('Expected 1 record to connect to company, but found 0.', {
        subCode: 'CONNECT_RECORD_NOT_FOUND',
      });
    }
    return found.id;
  };

  const people = objectResolvers<PersonRow>({
    single: 'person',
    list: 'people',
    type: 'Person',
    plural: 'People',
    rows: twenty.people,
    build: (data, before) => ({
      name: {
        firstName: '',
        lastName: '',
        ...before?.name,
        ...(data.name as object),
      },
      emails: {
        primaryEmail: '',
        additionalEmails: [],
        ...before?.emails,
        ...withLowerCaseEmail(data.emails as Partial<PersonRow['emails']>),
      },
      phones: {
        primaryPhoneNumber: '',
        primaryPhoneCallingCode: '',
        ...before?.phones,
        ...(data.phones as object),
      },
      linkedinLink: {
        primaryLinkUrl: '',
        primaryLinkLabel: '',
        ...before?.linkedinLink,
        ...withTidyUrl(data.linkedinLink as Partial<PersonRow['linkedinLink']>),
      },
      jobTitle: String(data.jobTitle ?? before?.jobTitle ?? ''),
      companyId: companyOf(data, before?.companyId),
    }),
    existing: data => {
      const email = (data.emails as PersonRow['emails'] | undefined)
        ?.primaryEmail;
      return (
        (data.id ? twenty.people.get(String(data.id)) : undefined) ??
        (email
          ? twenty.people.find('emailsPrimaryEmail', email.toLowerCase())
          : undefined)
      );
    },
  });

  const companies = objectResolvers<CompanyRow>({
    single: 'company',
    list: 'companies',
    type: 'Company',
    plural: 'Companies',
    rows: twenty.companies,
    build: (data, before) => ({
      name: String(data.name ?? before?.name ?? ''),
      domainName: {
        primaryLinkUrl: '',
        primaryLinkLabel: '',
        ...before?.domainName,
        ...withTidyUrl(data.domainName as Partial<CompanyRow['domainName']>),
      },
    }),
    existing: data => {
      const url = withTidyUrl(
        data.domainName as CompanyRow['domainName'],
      )?.primaryLinkUrl;
      return (
        (data.id ? twenty.companies.get(String(data.id)) : undefined) ??
        (url
          ? twenty.companies.find('domainNamePrimaryLinkUrl', url.toLowerCase())
          : undefined)
      );
    },
  });

  const opportunities = objectResolvers<OpportunityRow>({
    single: 'opportunity',
    list: 'opportunities',
    type: 'Opportunity',
    plural: 'Opportunities',
    rows: twenty.opportunities,
    build: (data, before) => {
      const contact = data.pointOfContactId as string | null | undefined;
      if (contact && !twenty.people.get(contact)) throw recordNotFound();
      return {
        name: String(data.name ?? before?.name ?? ''),
        amount: {
          amountMicros: null,
          currencyCode: '',
          ...before?.amount,
          ...(data.amount as object),
        },
        closeDate: (data.closeDate as string) ?? before?.closeDate ?? null,
        stage:
          (data.stage as OpportunityRow['stage']) ?? before?.stage ?? 'NEW',
        companyId: companyOf(data, before?.companyId),
        pointOfContactId:
          contact === undefined ? before?.pointOfContactId ?? null : contact,
      };
    },
    existing: data =>
      data.id ? twenty.opportunities.get(String(data.id)) : undefined,
  });

  const shown = <T extends RecordRow>(
    rows: Collection<T>,
    id: string | null,
  ) => {
    const row = id ? rows.get(id) : undefined;
    return row?.deletedAt ? null : row ?? null;
  };
  return {
    Query: {
      ...people.queries,
      ...companies.queries,
      ...opportunities.queries,
    },
    Mutation: {
      ...people.mutations,
      ...companies.mutations,
      ...opportunities.mutations,
    },
    Person: {
      company: ({ companyId }: PersonRow) => shown(twenty.companies, companyId),
    },
    Opportunity: {
      company: ({ companyId }: OpportunityRow) =>
        shown(twenty.companies, companyId),
      pointOfContact: ({ pointOfContactId }: OpportunityRow) =>
        shown(twenty.people, pointOfContactId),
    },
  };
}
