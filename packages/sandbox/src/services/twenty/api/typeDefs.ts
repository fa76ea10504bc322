import { STAGES } from '../model';

/** Queries, mutations and filters of one object, as Twenty generates them for each. */
function objectTypes(
  type: string,
  plural: string,
  single: string,
  list: string,
): { types: string; queries: string; mutations: string } {
  return {
    types: `
      type ${type}Edge { node: ${type}! cursor: String! }
      type ${type}Connection { edges: [${type}Edge!]! pageInfo: PageInfo! totalCount: Int! }`,
    queries: `
      ${single}(filter: ${type}FilterInput): ${type}
      ${list}(filter: ${type}FilterInput, orderBy: [${type}OrderByInput], first: Int, after: String): ${type}Connection!`,
    mutations: `
      create${type}(data: ${type}CreateInput!, upsert: Boolean): ${type}!
      create${plural}(data: [${type}CreateInput!]!, upsert: Boolean): [${type}!]!
      update${type}(id: UUID!, data: ${type}UpdateInput!): ${type}!
      delete${type}(id: UUID!): ${type}!
      restore${type}(id: UUID!): ${type}!
      destroy${type}(id: UUID!): ${type}!`,
  };
}

const person = objectTypes('Person', 'People', 'person', 'people');
const company = objectTypes('Company', 'Companies', 'company', 'companies');
const opportunity = objectTypes(
  'Opportunity',
  'Opportunities',
  'opportunity',
  'opportunities',
);

const personFields = `
  name: FullNameInput
  emails: EmailsInput
  phones: PhonesInput
  linkedinLink: LinksInput
  jobTitle: String
  companyId: UUID
  company: CompanyRelationInput`;
const companyFields = `
  name: String
  domainName: LinksInput`;
const opportunityFields = `
  name: String
  amount: CurrencyInput
  closeDate: DateTime
  stage: OpportunityStageEnum
  companyId: UUID
  company: CompanyRelationInput
  pointOfContactId: UUID`;

/**
 * The part of a workspace's schema that is used, in the shapes of
 * `packages/twenty-server/src/engine/workspace-manager` (standard objects).
 */
export const typeDefs = `
  scalar UUID
  scalar DateTime
  scalar BigFloat
  scalar RawJSONScalar

  enum OpportunityStageEnum { ${STAGES.join(' ')} }
  enum OrderByDirection { AscNullsFirst AscNullsLast DescNullsFirst DescNullsLast }
  enum FilterIs { NULL NOT_NULL }

  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type FullName { firstName: String lastName: String }
  type Emails { primaryEmail: String additionalEmails: RawJSONScalar }
  type Phones { primaryPhoneNumber: String primaryPhoneCountryCode: String primaryPhoneCallingCode: String }
  type Links { primaryLinkUrl: String primaryLinkLabel: String }
  type Currency { amountMicros: BigFloat currencyCode: String }

  input FullNameInput { firstName: String lastName: String }
  input EmailsInput { primaryEmail: String additionalEmails: RawJSONScalar }
  input PhonesInput { primaryPhoneNumber: String primaryPhoneCountryCode: String primaryPhoneCallingCode: String }
  input LinksInput { primaryLinkUrl: String primaryLinkLabel: String }
  input CurrencyInput { amountMicros: BigFloat currencyCode: String }
  input CompanyRelationInput { connect: CompanyConnectInput disconnect: Boolean }
  input CompanyConnectInput { where: CompanyConnectWhereInput! }
  input CompanyConnectWhereInput { id: UUID name: String domainName: LinksInput }

  input StringFilter { eq: String neq: String in: [String!] like: String ilike: String startsWith: String is: FilterIs }
  input UUIDFilter { eq: UUID neq: UUID in: [UUID!] is: FilterIs }
  input DateFilter { eq: DateTime gt: DateTime gte: DateTime lt: DateTime lte: DateTime is: FilterIs }
  input StageFilter { eq: OpportunityStageEnum neq: OpportunityStageEnum in: [OpportunityStageEnum!] is: FilterIs }
  input FullNameFilter { firstName: StringFilter lastName: StringFilter }
  input EmailsFilter { primaryEmail: StringFilter }
  input LinksFilter { primaryLinkUrl: StringFilter primaryLinkLabel: StringFilter }

  type Person {
    id: UUID! createdAt: DateTime! updatedAt: DateTime! deletedAt: DateTime
    name: FullName emails: Emails phones: Phones linkedinLink: Links jobTitle: String
    companyId: UUID company: Company
  }
  input PersonCreateInput { id: UUID ${personFields} }
  input PersonUpdateInput { ${personFields} }
  input PersonFilterInput {
    and: [PersonFilterInput] or: [PersonFilterInput] not: PersonFilterInput
    id: UUIDFilter name: FullNameFilter emails: EmailsFilter companyId: UUIDFilter jobTitle: StringFilter
    createdAt: DateFilter deletedAt: DateFilter
  }
  input FullNameOrderByInput { firstName: OrderByDirection lastName: OrderByDirection }
  input EmailsOrderByInput { primaryEmail: OrderByDirection }
  input CurrencyOrderByInput { amountMicros: OrderByDirection currencyCode: OrderByDirection }
  input PersonOrderByInput {
    id: OrderByDirection createdAt: OrderByDirection updatedAt: OrderByDirection jobTitle: OrderByDirection
    name: FullNameOrderByInput emails: EmailsOrderByInput
  }

  type Company {
    id: UUID! createdAt: DateTime! updatedAt: DateTime! deletedAt: DateTime
    name: String domainName: Links
  }
  input CompanyCreateInput { id: UUID ${companyFields} }
  input CompanyUpdateInput { ${companyFields} }
  input CompanyFilterInput {
    and: [CompanyFilterInput] or: [CompanyFilterInput] not: CompanyFilterInput
    id: UUIDFilter name: StringFilter domainName: LinksFilter createdAt: DateFilter deletedAt: DateFilter
  }
  input CompanyOrderByInput { id: OrderByDirection createdAt: OrderByDirection updatedAt: OrderByDirection name: OrderByDirection }

  type Opportunity {
    id: UUID! createdAt: DateTime! updatedAt: DateTime! deletedAt: DateTime
    name: String amount: Currency closeDate: DateTime stage: OpportunityStageEnum
    companyId: UUID company: Company pointOfContactId: UUID pointOfContact: Person
  }
  input OpportunityCreateInput { id: UUID ${opportunityFields} }
  input OpportunityUpdateInput { ${opportunityFields} }
  input OpportunityFilterInput {
    and: [OpportunityFilterInput] or: [OpportunityFilterInput] not: OpportunityFilterInput
    id: UUIDFilter name: StringFilter stage: StageFilter companyId: UUIDFilter pointOfContactId: UUIDFilter
    createdAt: DateFilter deletedAt: DateFilter
  }
  input OpportunityOrderByInput {
    id: OrderByDirection createdAt: OrderByDirection updatedAt: OrderByDirection name: OrderByDirection
    stage: OrderByDirection closeDate: OrderByDirection amount: CurrencyOrderByInput
  }

  ${person.types} ${company.types} ${opportunity.types}

  type Query { ${person.queries} ${company.queries} ${opportunity.queries} }
  type Mutation { ${person.mutations} ${company.mutations} ${
  opportunity.mutations
} }
`;
