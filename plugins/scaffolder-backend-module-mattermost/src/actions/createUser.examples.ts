import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const createUserExamples: TemplateExample[] = [
  {
    description: 'Create a user who is linked to the identity provider',
    example: `
steps:
  - id: user
    action: mattermost:create-user
    name: Create the chat user
    input:
      username: bob
      email: bob@acme.example
      firstName: Bob
      lastName: Tanaka
      authData: 5f2c8a52-0f0e-4c1d-9a64-0d4f7f9c2b11
`,
  },
];
