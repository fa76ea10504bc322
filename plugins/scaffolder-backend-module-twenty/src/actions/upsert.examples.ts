import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const upsertExamples: TemplateExample[] = [
  {
    description: 'Make sure of two people, known by their e-mail addresses',
    example: `
steps:
  - id: people
    action: twenty:upsert
    name: Create or update the people
    input:
      object: person
      records:
        - emails: { primaryEmail: alice@acme.example }
          name: { firstName: Alice, lastName: Moreau }
        - emails: { primaryEmail: bob@acme.example }
          jobTitle: Developer
`,
  },
  {
    description: 'Make sure of a company, with a field that an admin added',
    example: `
steps:
  - id: company
    action: twenty:upsert
    name: Create or update the company
    input:
      object: company
      records:
        - name: Initech
          domainName: { primaryLinkUrl: https://initech.example }
          customerNumber: C-4711
`,
  },
];
