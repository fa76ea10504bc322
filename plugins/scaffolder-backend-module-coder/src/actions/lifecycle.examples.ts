import { TemplateExample } from '@backstage/plugin-scaffolder-node';

/** Examples of `coder:start-workspace`; the tests run them. */
export const startWorkspaceExamples: TemplateExample[] = [
  {
    description: 'Start a workspace',
    example: `steps:
  - id: start
    name: Start the workspace
    action: coder:start-workspace
    input:
      owner: alice
      name: web-shop
`,
  },
];

/** Examples of `coder:stop-workspace`; the tests run them. */
export const stopWorkspaceExamples: TemplateExample[] = [
  {
    description: 'Stop a workspace',
    example: `steps:
  - id: stop
    name: Stop the workspace
    action: coder:stop-workspace
    input:
      owner: alice
      name: web-shop
`,
  },
];

/** Examples of `coder:delete-workspace`; the tests run them. */
export const deleteWorkspaceExamples: TemplateExample[] = [
  {
    description: 'Delete a workspace',
    example: `steps:
  - id: delete
    name: Delete the workspace
    action: coder:delete-workspace
    input:
      owner: alice
      name: web-shop
`,
  },
  {
    description:
      'Delete the workspace of an earlier run, and no other one of its name',
    example: `steps:
  - id: delete
    name: Delete the workspace
    action: coder:delete-workspace
    input:
      owner: alice
      name: web-shop
      workspaceId: w1
`,
  },
];
