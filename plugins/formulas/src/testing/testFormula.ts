import {
  FORMULA_API_VERSION,
  type FormulaEntity,
  type FormulaSpec,
} from '@formulary/plugin-formulas-common';

/** A complete formula for tests, with what a test cares about on top. */
export function testFormula(
  name: string,
  changes: {
    metadata?: Partial<FormulaEntity['metadata']>;
    spec?: Partial<FormulaSpec>;
  } = {},
): FormulaEntity {
  return {
    apiVersion: FORMULA_API_VERSION,
    kind: 'Formula',
    metadata: {
      name,
      namespace: 'default',
      title: name,
      description: 'A formula.',
      ...changes.metadata,
    },
    spec: {
      owner: 'group:default/platform',
      category: 'full-stack',
      difficulty: 'beginner',
      version: '1.2.3',
      promise: `You have ${name}.`,
      template: `template:default/${name}`,
      hardware: { cpu: 2, memoryGb: 4, diskGb: 10 },
      software: ['Node.js'],
      whatYouGet: ['A repository'],
      ...changes.spec,
    },
  };
}
