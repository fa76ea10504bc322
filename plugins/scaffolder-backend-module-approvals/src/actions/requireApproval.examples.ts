import { TemplateExample } from '@backstage/plugin-scaffolder-node';

/** Examples of `approval:require`, carried out by its tests. */
export const examples: TemplateExample[] = [
  {
    description:
      'Ask for an approval if a rule wants one. As the first step, so that nothing is made before',
    example: `steps:
  - id: approval
    name: Approval
    action: approval:require
    input:
      reason: \${{ parameters.reason }}
`,
  },
  {
    description:
      'Ask only when a GPU is wanted, with all that a decision needs',
    example: `steps:
  - id: approval
    name: Approval
    if: \${{ parameters.gpu > 0 }}
    action: approval:require
    input:
      title: A workspace with GPUs
      reason: Train the model
      services:
        - coder
      cost: 640
      preview:
        - A workspace with 2 GPUs of the kind A100
        - A private repository
`,
  },
  {
    description:
      'Ask as a formula would whose Coder template another template starts',
    example: `steps:
  - id: approval
    name: Approval
    action: approval:require
    input:
      reason: \${{ parameters.reason }}
      formulas:
        - formula:default/ml-research
`,
  },
];
