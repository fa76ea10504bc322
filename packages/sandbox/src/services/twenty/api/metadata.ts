import { STAGES } from '../model';

/** The part of the metadata schema that is used: objects and their fields. */
export const metadataTypeDefs = `
  scalar JSON
  type Field { id: ID! name: String! label: String! type: String! isUnique: Boolean isCustom: Boolean isActive: Boolean options: JSON }
  type FieldEdge { node: Field! }
  type FieldConnection { edges: [FieldEdge!]! }
  type MetadataObject {
    id: ID! nameSingular: String! namePlural: String! labelSingular: String! labelPlural: String!
    isCustom: Boolean! isActive: Boolean!
    fields(paging: CursorPaging): FieldConnection!
  }
  type ObjectEdge { node: MetadataObject! }
  type ObjectConnection { edges: [ObjectEdge!]! }
  input CursorPaging { first: Int after: String }
  type Query { objects(paging: CursorPaging): ObjectConnection! }
`;

const field = (
  name: string,
  label: string,
  type: string,
  more: object = {},
) => ({
  id: name,
  name,
  label,
  type,
  isUnique: false,
  isCustom: false,
  isActive: true,
  options: null,
  ...more,
});

const objects = [
  {
    nameSingular: 'person',
    namePlural: 'people',
    labelSingular: 'Person',
    labelPlural: 'People',
    fields: [
      field('name', 'Name', 'FULL_NAME'),
      field('emails', 'Emails', 'EMAILS', { isUnique: true }),
      field('phones', 'Phones', 'PHONES'),
      field('linkedinLink', 'Linkedin', 'LINKS'),
      field('jobTitle', 'Job Title', 'TEXT'),
      field('company', 'Company', 'RELATION'),
    ],
  },
  {
    nameSingular: 'company',
    namePlural: 'companies',
    labelSingular: 'Company',
    labelPlural: 'Companies',
    fields: [
      field('name', 'Name', 'TEXT'),
      field('domainName', 'Domain Name', 'LINKS', { isUnique: true }),
    ],
  },
  {
    nameSingular: 'opportunity',
    namePlural: 'opportunities',
    labelSingular: 'Opportunity',
    labelPlural: 'Opportunities',
    fields: [
      field('name', 'Name', 'TEXT'),
      field('amount', 'Amount', 'CURRENCY'),
      field('closeDate', 'Close date', 'DATE_TIME'),
      field('stage', 'Stage', 'SELECT', {
        options: STAGES.map((value, position) => ({
          value,
          label: value[0] + value.slice(1).toLowerCase(),
          position,
        })),
      }),
      field('company', 'Company', 'RELATION'),
      field('pointOfContact', 'Point of Contact', 'RELATION'),
    ],
  },
];

/** Resolvers of the metadata schema. */
export const metadataResolvers = {
  Query: {
    objects: () => ({
      edges: objects.map(({ fields, ...object }) => ({
        node: {
          ...object,
          id: object.nameSingular,
          isCustom: false,
          isActive: true,
          fields: { edges: fields.map(node => ({ node })) },
        },
      })),
    }),
  },
};
