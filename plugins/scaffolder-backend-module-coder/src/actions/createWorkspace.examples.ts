import { TemplateExample } from '@backstage/plugin-scaffolder-node';

/** Examples of `coder:create-workspace`; the tests run them. */
export const examples: TemplateExample[] = [
  {
    description: 'A workspace with parameters, for the user of the run',
    example: `steps:
  - id: workspace
    name: Create the workspace
    action: coder:create-workspace
    input:
      owner: alice
      template: fullstack-dev
      name: web-shop
      parameters:
        cpu: 4
        git_repo: https://git.example.com/alice/web-shop.git
`,
  },
  {
    description: 'A preset, working hours only, without waiting',
    example: `steps:
  - id: workspace
    name: Create the workspace
    action: coder:create-workspace
    input:
      owner: alice
      template: fullstack-dev
      name: web-shop
      preset: Small
      parameters:
        git_repo: https://git.example.com/alice/web-shop.git
      ttlMs: 28800000
      autostartSchedule: CRON_TZ=Europe/Berlin 30 8 * * 1-5
      automaticUpdates: always
      wait: false
`,
  },
];
