import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const createRepositoryExamples: TemplateExample[] = [
  {
    description: "Publish the task's files as a person's private repository",
    example: `
steps:
  - id: repository
    action: gitea:create-repository
    name: Create the repository
    input:
      owner: alice
      name: orbit
      description: Where things go round
`,
  },
  {
    description:
      'Publish a folder as a public repository of an organisation, with a collaborator',
    example: `
steps:
  - id: repository
    action: gitea:create-repository
    name: Create the repository
    input:
      owner: acme
      name: orbit-docs
      visibility: public
      defaultBranch: trunk
      sourcePath: docs
      commitMessage: Start the documentation
      collaborators:
        - username: alice
          permission: admin
      topics:
        - documentation
`,
  },
];
