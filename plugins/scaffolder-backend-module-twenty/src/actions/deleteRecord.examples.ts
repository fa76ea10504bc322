import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const deleteRecordExamples: TemplateExample[] = [
  {
    description: 'Delete an opportunity',
    example: `
steps:
  - id: delete
    action: twenty:delete-record
    name: Delete the opportunity
    input:
      object: opportunity
      id: 0f0e4c1d-0000-4000-8000-000000000001
`,
  },
];
