import { TemplateExample } from '@backstage/plugin-scaffolder-node';

/** Examples of `coder:push-template`; the tests run them. */
export const pushTemplateExamples: TemplateExample[] = [
  {
    description: 'Push the folder coder-template',
    example: `steps:
  - id: push
    name: Push the template
    action: coder:push-template
    input:
      name: fullstack-dev
      sourcePath: coder-template
      versionName: 1.2.0
      message: Node 24
`,
  },
  {
    description: 'Push a new template with what people see of it',
    example: `steps:
  - id: push
    name: Push the template
    action: coder:push-template
    input:
      name: data-lab
      sourcePath: coder-template
      displayName: Data lab
      description: Notebooks beside the data
      icon: /icon/jupyter.svg
`,
  },
];
