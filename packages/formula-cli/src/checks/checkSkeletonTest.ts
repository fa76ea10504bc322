import { Bundle } from '../bundle/Bundle';
import { SKELETON_TEST } from '../bundle/skeletonTest';
import { Problem } from '../problem';
import { skeletonSteps, valuesOf } from '../skeleton/skeletonSteps';

/** A skeleton is tested with the values that a run gives, no more and no fewer. */
export function checkSkeletonTest(bundle: Bundle): Problem[] {
  const { skeletonTest } = bundle;
  if (!skeletonTest) return [];
  const given = new Set(
    skeletonSteps(bundle).flatMap(({ step }) => Object.keys(valuesOf(step))),
  );
  const tested = Object.keys(skeletonTest.values);
  return [
    ...[...given]
      .filter(name => !tested.includes(name))
      .map(name => ({
        file: SKELETON_TEST,
        path: `values.${name}`,
        reason: 'it is missing: the template gives it to the skeleton',
      })),
    ...tested
      .filter(name => !given.has(name))
      .map(name => ({
        file: SKELETON_TEST,
        path: `values.${name}`,
        reason: 'the template gives no such value to the skeleton',
      })),
  ];
}
