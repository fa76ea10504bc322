import { TemplateExample } from '@backstage/plugin-scaffolder-node';

/** Examples of `gitea:create-repository`; the tests run them. */
export const createRepositoryExamples: TemplateExample[] = [
  {
    description: "Publish the task's files as a person's private repository",
    example: `steps:
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
      'Publish a folder as a public repository of an organisation, with a collaborator and a team',
    example: `steps:
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
      gitAuthorName: Alice Moreau
      gitAuthorEmail: alice@acme.example
      collaborators:
        - username: bob
          permission: admin
      teams:
        - developers
      topics:
        - documentation
`,
  },
  {
    description:
      'Protect the branch: only pull requests with an approval and a passed build, and a bot that may push',
    example: `steps:
  - id: repository
    action: gitea:create-repository
    name: Create the repository
    input:
      owner: acme
      name: orbit
      collaborators:
        - username: bob
          permission: write
      protectBranch:
        pushers:
          - bob
        requiredApprovals: 1
        statusChecks:
          - build
`,
  },
];
