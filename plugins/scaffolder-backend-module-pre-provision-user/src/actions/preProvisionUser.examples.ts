import { TemplateExample } from '@backstage/plugin-scaffolder-node';

/** Examples of `platform:pre-provision-user`, carried out by its tests. */
export const examples: TemplateExample[] = [
  {
    description: 'Prepare all accounts of whoever runs the template',
    example: `steps:
  - id: accounts
    name: Prepare your accounts
    action: platform:pre-provision-user
`,
  },
  {
    description: 'Prepare two accounts of a colleague, as an administrator',
    example: `steps:
  - id: accounts
    name: Prepare accounts
    action: platform:pre-provision-user
    input:
      userRef: user:default/bob
      services:
        - gitea
        - coder
`,
  },
];
