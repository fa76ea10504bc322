import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const createPersonExamples: TemplateExample[] = [
  {
    description: 'Make sure that the CRM knows a person',
    example: `
steps:
  - id: contact
    action: twenty:create-person
    name: Create the CRM record
    input:
      email: alice@acme.example
      firstName: Alice
      lastName: Moreau
`,
  },
  {
    description: 'With a job title, and a company by its name',
    example: `
steps:
  - id: contact
    action: twenty:create-person
    name: Create the CRM record
    input:
      email: bob@acme.example
      firstName: Bob
      lastName: Tanaka
      jobTitle: Developer
      company: Acme
`,
  },
];
