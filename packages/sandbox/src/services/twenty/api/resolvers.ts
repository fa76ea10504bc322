import { GraphQLScalarType } from 'graphql';
import { Collection } from '../../../core/store';
import { OpportunityRow, PersonRow, RecordRow, Twenty } from '../model';
import { ConnectionArguments } from './connection';
import { Filter } from './filter';
import { Data, RecordApi, RecordApis } from './objects';

const upperFirst = (word: string) => word[0].toUpperCase() + word.slice(1);

/** Resolvers of one object, by the names that Twenty generates for each. */
function objectResolvers<T extends RecordRow>(records: RecordApi<T>) {
  const { single, plural } = records.definition;
  const type = upperFirst(single);
  return {
    queries: {
      [single]: (_: unknown, { filter }: { filter?: Filter }) =>
        records.findOne(filter),
      [plural]: (_: unknown, input: ConnectionArguments) =>
        records.findMany(input),
    },
    mutations: {
      [`create${type}`]: (
        _: unknown,
        { data, upsert }: { data: Data; upsert?: boolean },
      ) => records.create([data], upsert === true)[0],
      [`create${upperFirst(plural)}`]: (
        _: unknown,
        { data, upsert }: { data: Data[]; upsert?: boolean },
      ) => records.create(data, upsert === true),
      [`update${type}`]: (
        _: unknown,
        { id, data }: { id: string; data: Data },
      ) => records.update(id, data),
      [`delete${type}`]: (_: unknown, { id }: { id: string }) =>
        records.delete(id),
      [`restore${type}`]: (_: unknown, { id }: { id: string }) =>
        records.restore(id),
      [`destroy${type}`]: (_: unknown, { id }: { id: string }) =>
        records.destroy(id),
    },
  };
}

const UUID = new GraphQLScalarType({
  name: 'UUID',
  parseValue: value => {
    if (
      typeof value !== 'string' ||
      !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)
    ) {
      throw new TypeError('Invalid UUID');
    }
    return value;
  },
});

/** Resolvers of the workspace's schema. */
export function createResolvers(twenty: Twenty, apis: RecordApis) {
  const people = objectResolvers(apis.people);
  const companies = objectResolvers(apis.companies);
  const opportunities = objectResolvers(apis.opportunities);
  const shown = <T extends RecordRow>(
    rows: Collection<T>,
    id: string | null,
  ) => {
    const row = id ? rows.get(id) : undefined;
    return row?.deletedAt ? null : row ?? null;
  };
  return {
    UUID,
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
