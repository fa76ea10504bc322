import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogProcessorResult } from '@backstage/plugin-catalog-node';
import { parse } from 'yaml';
import { FormulaEntityProcessor } from './FormulaEntityProcessor';

const bundles = resolve(__dirname, '../../../formulas');

const formula: Entity = {
  apiVersion: 'formulary.dev/v1alpha1',
  kind: 'Formula',
  metadata: {
    name: 'api',
    namespace: 'acme',
    title: 'API',
    description: 'An API.',
  },
  spec: {
    owner: 'platform',
    category: 'backend',
    difficulty: 'beginner',
    version: '1.0.0',
    promise: 'You have an API.',
    template: 'template:default/api',
    hardware: { cpu: 2, memoryGb: 4, diskGb: 10 },
    software: ['Node.js'],
    whatYouGet: ['An API'],
    relatedFormulas: ['web'],
  },
};

describe('FormulaEntityProcessor', () => {
  const processor = new FormulaEntityProcessor();

  async function relations(entity: Entity) {
    const emitted: CatalogProcessorResult[] = [];
    await processor.postProcessEntity(
      entity,
      { type: 'url', target: 'https://git.example/formula.yaml' },
      result => emitted.push(result),
    );
    return emitted.flatMap(result =>
      result.type === 'relation'
        ? [
            [result.relation.source, result.relation.target]
              .map(ref => `${ref.kind}:${ref.namespace}/${ref.name}`)
              .join(` ${result.relation.type} `),
          ]
        : [],
    );
  }

  it('accepts a valid formula', async () => {
    await expect(processor.validateEntityKind(formula)).resolves.toBe(true);
  });

  it('leaves other kinds to others', async () => {
    const component = { ...formula, kind: 'Component' };
    await expect(processor.validateEntityKind(component)).resolves.toBe(false);
    await expect(relations(component)).resolves.toEqual([]);
  });

  it('names every wrong field of an invalid formula', async () => {
    const invalid = {
      ...formula,
      apiVersion: 'formulary.dev/v1',
      spec: { ...formula.spec, version: 'one', difficulty: 'easy' },
    };
    await expect(processor.validateEntityKind(invalid)).rejects.toThrow(
      'The formula "api" is not valid: apiVersion: apiVersion must be "formulary.dev/v1alpha1"; ' +
        'spec.difficulty: the difficulty must be one of beginner, intermediate, advanced; ' +
        'spec.version: the version must be a semantic version such as "1.4.0"',
    );
  });

  it('relates a formula to its owner, its template and related formulas, both ways', async () => {
    await expect(relations(formula)).resolves.toEqual([
      'Formula:acme/api ownedBy Group:acme/platform',
      'Group:acme/platform ownerOf Formula:acme/api',
      'Formula:acme/api dependsOn template:default/api',
      'template:default/api dependencyOf Formula:acme/api',
      'Formula:acme/api relatedTo Formula:acme/web',
      'Formula:acme/web relatedTo Formula:acme/api',
    ]);
  });

  it.each(readdirSync(bundles))(
    'accepts the formula in formulas/%s',
    async bundle => {
      const entity = parse(
        readFileSync(resolve(bundles, bundle, 'formula.yaml'), 'utf8'),
      );
      await expect(processor.validateEntityKind(entity)).resolves.toBe(true);
    },
  );
});
