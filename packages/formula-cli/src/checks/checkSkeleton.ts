import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { parse } from 'yaml';
import { z } from 'zod';
import { Bundle, filesIn } from '../bundle/Bundle';
import { Problem, schemaProblems } from '../problem';
import { renderSkeleton } from '../skeleton/renderSkeleton';
import { skeletonSteps, valuesOf } from '../skeleton/skeletonSteps';
import { usedValues } from './usedValues';

const CATALOG_INFO = 'catalog-info.yaml';

/** What a skeleton's own entity must be for the portal to show it with its links. */
const entitySchema = z.looseObject({
  apiVersion: z.literal('backstage.io/v1alpha1'),
  kind: z.literal('Component', {
    error: 'it must be "Component", the kind that a run registers',
  }),
  metadata: z.looseObject({ name: z.string().min(1) }),
  spec: z.looseObject({
    type: z.string().min(1),
    lifecycle: z.string().min(1),
    owner: z.string().min(1),
  }),
});

/** Skeleton and `fetch:template` step fit together, and what comes out can be registered. */
export async function checkSkeleton(bundle: Bundle): Promise<Problem[]> {
  const { template, templateFile, isFormula } = bundle;
  if (!template) return [];
  const steps = skeletonSteps(bundle);
  if (steps.length === 0) {
    return isFormula
      ? [
          {
            file: templateFile,
            path: 'spec.steps',
            reason:
              'no step has the action fetch:template with a folder of the bundle',
          },
        ]
      : [];
  }
  const problems = steps.flatMap(({ step, index, folder }): Problem[] => {
    const path = `spec.steps[${index}].input`;
    const files = filesIn(bundle, folder);
    if (files.size === 0) {
      return [
        {
          file: templateFile,
          path: `${path}.url`,
          reason: `the bundle has no folder ${folder}`,
        },
      ];
    }
    const given = Object.keys(valuesOf(step));
    const used = usedValues(files);
    const missing = [...used]
      .filter(([name]) => !given.includes(name))
      .map(([name, file]) => ({
        file: `${folder}/${file}`,
        path: `values.${name}`,
        reason: `the step "${step.id ?? index}" gives no such value`,
      }));
    const idle = given
      .filter(name => !used.has(name))
      .map(name => ({
        file: templateFile,
        path: `${path}.values.${name}`,
        reason: `no file of ${folder} uses it`,
      }));
    return [...missing, ...idle];
  });
  // The first of them brings what a run registers.
  const file = `${steps[0].folder}/${CATALOG_INFO}`;
  if (!bundle.files.has(file)) {
    return [
      ...problems,
      {
        file,
        reason: 'the file is missing: a run registers it in the catalog',
      },
    ];
  }
  // Without its values it would be filled in wrongly, and that has been said.
  return problems.length > 0 ? problems : catalogInfoProblems(bundle, file);
}

async function catalogInfoProblems(
  bundle: Bundle,
  file: string,
): Promise<Problem[]> {
  const directory = await mkdtemp(join(tmpdir(), 'formula-check-'));
  try {
    await renderSkeleton(bundle, sampleValues(bundle), directory);
    const text = await readFile(join(directory, CATALOG_INFO), 'utf8');
    const result = entitySchema.safeParse(parse(text));
    return result.success ? [] : schemaProblems(file, result.error);
  } catch (error) {
    return [
      {
        file,
        reason: `filled in, it can not be read: ${
          toError(error).message.split('\n')[0]
        }`,
      },
    ];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The values of the skeleton's test, or else each value's own name. */
function sampleValues(bundle: Bundle): JsonObject {
  return (
    bundle.skeletonTest?.values ??
    Object.fromEntries(
      skeletonSteps(bundle).flatMap(({ step }) =>
        Object.keys(valuesOf(step)).map(name => [name, name]),
      ),
    )
  );
}
