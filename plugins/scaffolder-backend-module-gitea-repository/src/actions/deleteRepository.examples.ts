import { TemplateExample } from '@backstage/plugin-scaffolder-node';

/** Examples of `gitea:delete-repository`; the tests run them. */
export const deleteRepositoryExamples: TemplateExample[] = [
  {
    description:
      'Delete a repository of an earlier step, as long as nobody worked on it',
    example: `steps:
  - id: undo
    action: gitea:delete-repository
    name: Delete the repository
    input:
      owner: alice
      name: orbit
      onlyAtCommit: 0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c
`,
  },
  {
    description: 'Delete a repository whatever is in it',
    example: `steps:
  - id: remove
    action: gitea:delete-repository
    name: Delete the repository
    input:
      owner: alice
      name: orbit
      force: true
`,
  },
];
