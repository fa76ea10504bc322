import { z } from 'zod';
import { formulaEntitySchema } from './formulaSchema';

function formula(spec: Record<string, unknown> = {}) {
  return {
    apiVersion: 'formulary.dev/v1alpha1',
    kind: 'Formula',
    metadata: { name: 'a', title: 'A', description: 'Something useful.' },
    spec: {
      owner: 'platform',
      category: 'full-stack',
      difficulty: 'beginner',
      version: '1.0.0',
      promise: 'You have a thing.',
      template: 'template:default/a',
      hardware: { cpu: 2, memoryGb: 4, diskGb: 10 },
      software: ['Node.js 24'],
      whatYouGet: ['A repository'],
      ...spec,
    },
  };
}

describe('formulaEntitySchema', () => {
  it('accepts a complete formula', () => {
    expect(formulaEntitySchema.safeParse(formula()).success).toBe(true);
  });

  it('accepts a pre-release version, an accelerator and related formulas', () => {
    const entity = formula({
      version: '2.0.0-rc.1',
      hardware: { cpu: 8, memoryGb: 64, diskGb: 200, gpu: 'NVIDIA T4' },
      relatedFormulas: ['ml-research', 'formula:default/backend-api'],
    });
    expect(formulaEntitySchema.safeParse(entity).success).toBe(true);
  });

  it.each([
    ['an empty promise', { promise: ' ' }, 'the promise must not be empty'],
    [
      'a version that is not semantic',
      { version: '1.0' },
      'the version must be a semantic version such as "1.4.0"',
    ],
    [
      'an unknown difficulty',
      { difficulty: 'easy' },
      'the difficulty must be one of beginner, intermediate, advanced',
    ],
    [
      'an owner that is no entity ref',
      { owner: 'group:a/b/c' },
      'the owner must be an entity ref such as "group:default/name"',
    ],
    [
      'no memory',
      { hardware: { cpu: 2, memoryGb: 0, diskGb: 10 } },
      'the memory must be more than 0',
    ],
    ['a field nobody knows', { promisse: 'x' }, 'promisse'],
  ])('refuses %s and says why', (_, spec, message) => {
    const result = formulaEntitySchema.safeParse(formula(spec));
    expect(result.success).toBe(false);
    expect(result.error && z.prettifyError(result.error)).toContain(message);
  });

  it('refuses another apiVersion by naming the right one', () => {
    const result = formulaEntitySchema.safeParse({
      ...formula(),
      apiVersion: 'formulary.dev/v1',
    });
    expect(result.error?.issues[0].message).toBe(
      'apiVersion must be "formulary.dev/v1alpha1"',
    );
  });
});
