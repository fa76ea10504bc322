import type { FormulaBundleProblem } from '@formulary/plugin-formulas-common';

/** Largest file of a bundle that is shown, in bytes. */
export const MAX_FILE_BYTES = 256 * 1024;

/** Most files of a bundle that are shown. */
export const MAX_FILES = 100;

/** The shown files of a bundle, as text by path. */
export interface BundleContents {
  files: Map<string, string>;
  problems: FormulaBundleProblem[];
}

/** Where bundles of one location type come from. */
export interface BundleSource {
  /**
   * Reads what is shown of the bundle that the formula at `target` belongs to.
   *
   * @param target - target of the formula's location: a URL or a path
   * @throws NotAllowedError when the target is outside of what may be read
   */
  read(target: string): Promise<BundleContents>;
}

/** The problem of a file that is over the limit. */
export function tooLarge(path: string, bytes: number): FormulaBundleProblem {
  return {
    path,
    message: `The file has ${Math.ceil(
      bytes / 1024,
    )} KB, and at most ${Math.floor(MAX_FILE_BYTES / 1024)} KB are shown.`,
  };
}

/** The problem of a bundle with more files than are shown. */
export function tooMany(path: string): FormulaBundleProblem {
  return { path, message: `Only the first ${MAX_FILES} files are shown.` };
}
