import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const addToTeamExamples: TemplateExample[] = [
  {
    description: 'Add a user to a team',
    example: `
steps:
  - id: chat
    action: mattermost:add-to-team
    name: Join the team
    input:
      username: bob
      team:
        name: acme
`,
  },
  {
    description:
      'Add a user to a team and two channels of it, and create what is missing',
    example: `
steps:
  - id: chat
    action: mattermost:add-to-team
    name: Join the project
    input:
      username: bob
      team:
        name: acme
        displayName: Acme
      channels:
        - name: deployments
        - name: shop-internal
          displayName: Shop (internal)
          private: true
          purpose: Everything about the shop
`,
  },
  {
    description: 'Add a user only to what exists',
    example: `
steps:
  - id: chat
    action: mattermost:add-to-team
    name: Join the team
    input:
      username: bob
      team:
        name: acme
      channels:
        - name: off-topic
      createMissing: false
`,
  },
];
