import { z } from 'zod';

/** Where a bundle says how its skeleton is tested. */
export const SKELETON_TEST = 'skeleton.test.json';

/** Schema of `skeleton.test.json`. */
export const skeletonTestSchema = z.strictObject({
  /** What the skeleton is filled in with, as the template's fetch:template step would. */
  values: z.record(z.string(), z.json()),
  /** Programs with their arguments, run one after the other in the filled-in skeleton. */
  commands: z
    .array(
      z
        .array(z.string().min(1), {
          error: 'a command is a list: the program, then its arguments',
        })
        .min(1),
    )
    .min(1),
});

/** How a bundle's skeleton is tested. */
export type SkeletonTest = z.infer<typeof skeletonTestSchema>;
