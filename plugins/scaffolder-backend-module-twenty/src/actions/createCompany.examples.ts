import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const createCompanyExamples: TemplateExample[] = [
  {
    description: 'Make sure that the CRM knows a company by its domain',
    example: `
steps:
  - id: company
    action: twenty:create-company
    name: Create the company
    input:
      name: Initech
      domain: initech.example
`,
  },
];
