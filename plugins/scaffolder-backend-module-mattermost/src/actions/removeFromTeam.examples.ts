import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const removeFromTeamExamples: TemplateExample[] = [
  {
    description: 'Take a user out of a team and all its channels',
    example: `
steps:
  - id: leave
    action: mattermost:remove-from-team
    name: Leave the team
    input:
      username: bob
      team: acme
`,
  },
  {
    description: 'Take a user out of a channel only',
    example: `
steps:
  - id: leave
    action: mattermost:remove-from-team
    name: Leave the channel
    input:
      username: bob
      team: acme
      channels:
        - off-topic
`,
  },
];
