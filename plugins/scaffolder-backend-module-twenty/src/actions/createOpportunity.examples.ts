import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const createOpportunityExamples: TemplateExample[] = [
  {
    description: 'Make sure that the CRM has an opportunity',
    example: `
steps:
  - id: opportunity
    action: twenty:create-opportunity
    name: Create the opportunity
    input:
      name: Orbit
`,
  },
  {
    description: 'With a stage, an amount and a date',
    example: `
steps:
  - id: opportunity
    action: twenty:create-opportunity
    name: Create the opportunity
    input:
      name: Orbit for Initech
      stage: PROPOSAL
      amount: 12000
      currency: USD
      closeDate: '2030-12-31'
`,
  },
];
