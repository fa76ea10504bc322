import { formulaEntitySchema } from '@formulary/plugin-formulas-common';
import { CoderTemplateSource } from '@formulary/plugin-formulas-node';
import { z } from 'zod';
import { SkeletonTest } from './skeletonTest';
import { Template } from './templateSchema';

/** The folder of a formula or a plain template, read. What could not be read is absent. */
export interface Bundle {
  /** Name of the folder. */
  name: string;
  directory: string;
  /** A formula is a template with more around it. */
  isFormula: boolean;
  /** The text of each file by its path, with forward slashes. */
  files: ReadonlyMap<string, string>;
  formula?: z.infer<typeof formulaEntitySchema>;
  /** Path of the file of the scaffolder template. */
  templateFile: string;
  template?: Template;
  coderTemplate?: CoderTemplateSource;
  skeletonTest?: SkeletonTest;
}

/** Path of a formula's catalog entity. */
export const FORMULA_FILE = 'formula.yaml';

/** Folder of a formula's Coder template. */
export const CODER_FOLDER = 'coder-template';

/** The files below a folder of a bundle, by their path in that folder. */
export function filesIn(bundle: Bundle, folder: string): Map<string, string> {
  const prefix = `${folder}/`;
  return new Map(
    [...bundle.files]
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, text]) => [path.slice(prefix.length), text]),
  );
}
