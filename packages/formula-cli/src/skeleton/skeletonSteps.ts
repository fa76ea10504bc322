import { posix } from 'node:path';
import { Bundle } from '../bundle/Bundle';
import { TemplateStep } from '../bundle/templateSchema';

/** A step that fills in files of the bundle. */
export interface SkeletonStep {
  step: TemplateStep;
  /** Its place among the template's steps. */
  index: number;
  /** The folder of the bundle that it fills in. */
  folder: string;
}

/** The `fetch:template` steps of a bundle's template that read from the bundle itself. */
export function skeletonSteps({ template }: Bundle): SkeletonStep[] {
  return (template?.spec.steps ?? []).flatMap((step, index) => {
    const { url } = step.input;
    return step.action === 'fetch:template' &&
      typeof url === 'string' &&
      url.startsWith('./')
      ? [{ step, index, folder: posix.normalize(url).replace(/\/$/, '') }]
      : [];
  });
}

/** The values that a step gives to the files. */
export function valuesOf({ input }: TemplateStep): Record<string, unknown> {
  const { values } = input;
  return typeof values === 'object' && values !== null
    ? Object.fromEntries(Object.entries(values))
    : {};
}
