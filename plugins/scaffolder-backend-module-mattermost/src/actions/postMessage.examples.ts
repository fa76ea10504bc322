import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const postMessageExamples: TemplateExample[] = [
  {
    description: 'Tell a channel that something is ready',
    example: `
steps:
  - id: announce
    action: mattermost:post-message
    name: Tell the team
    input:
      team: acme
      channel: town-square
      message: The shop has a repository now.
`,
  },
  {
    description: 'Post a message once, however often the template runs',
    example: `
steps:
  - id: announce
    action: mattermost:post-message
    name: Tell the team
    input:
      team: acme
      channel: town-square
      message: The shop has a repository now.
      key: repository-of-shop
`,
  },
];
