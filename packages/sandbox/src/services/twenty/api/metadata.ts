import { STAGES } from '../model';

/** The part of the metadata schema that is used: objects and their fields. */
export const metadataTypeDefs = `
  scalar JSON
  type Field { id: ID! name: String! label: String! type: String! isUnique: Boolean options: JSON }
  type FieldEdge { node: Field! }
  type FieldConnection { edges: [FieldEdge!]! }
  type MetadataObject {
    id: ID! nameSingular: String! namePlural: String! labelSingular: String! isCustom: Boolean! isActive: Boolean!
    fields(paging: CursorPaging): FieldConnection!
  }
  type ObjectEdge { node: MetadataObject! }
  type ObjectConnection { edges: [ObjectEdge!]! }
  input CursorPaging { first: Int after: String }
  type Query { objects(paging: CursorPaging): ObjectConnection! }
`;

const field = (name: string, type: string, more: object = {}) => ({
  id: name,
  name,
  label: name,
  type,
  isUnique: false,
  options: null,
  ...more,
});

const objects = [
  {
    nameSingular: 'person',
    namePlural: 'people',
    fields: [
      field('name', 'FULL_NAME'),
      field('emails', 'EMAILS', { isUnique: true }),
      field('jobTitle', 'TEXT'),
      field('company', 'RELATION'),
    ],
  },
  {
    nameSingular: 'company',
    namePlural: 'companies',
    fields: [
      field('name', 'TEXT'),
      field('domainName', 'LINKS', { isUnique: true }),
    ],
  },
  {
    nameSingular: 'opportunity',
    namePlural: 'opportunities',
    fields: [
      field('name', 'TEXT'),
      field('amount', 'CURRENCY'),
      field('closeDate', 'DATE_TIME'),
      field('stage', 'SELECT', {
        options: STAGES.map((value, position) => ({
          value,
          label: value[0] + value.slice(1).toLowerCase(),
          position,
        })),
      }),
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
          labelSingular: object.nameSingular,
          isCustom: false,
          isActive: true,
          fields: { edges: fields.map(node => ({ node })) },
        },
      })),
    }),
  },
};
