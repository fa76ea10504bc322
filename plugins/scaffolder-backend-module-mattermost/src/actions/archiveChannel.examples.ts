import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const archiveChannelExamples: TemplateExample[] = [
  {
    description: 'Archive a channel that was made for a user',
    example: `
steps:
  - id: archive
    action: mattermost:archive-channel
    name: Archive the channel
    input:
      username: bob
      team: acme
      channel: web-shop
`,
  },
];
