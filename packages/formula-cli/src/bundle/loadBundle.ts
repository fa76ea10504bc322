import { basename, resolve } from 'node:path';
import { toError } from '@backstage/errors';
import { formulaEntitySchema } from '@formulary/plugin-formulas-common';
import { readCoderTemplate } from '@formulary/plugin-formulas-node';
import { parse } from 'yaml';
import { z } from 'zod';
import { Problem, schemaProblems } from '../problem';
import { Bundle, CODER_FOLDER, filesIn, FORMULA_FILE } from './Bundle';
import { readFiles } from './readFiles';
import { SKELETON_TEST, skeletonTestSchema } from './skeletonTest';
import { templateSchema } from './templateSchema';

/** A bundle, and what is wrong with those files of it that could not be read. */
export interface LoadedBundle {
  bundle: Bundle;
  problems: Problem[];
}

/** Reads a bundle. A file that is wrong is told of and left out; it does not keep the others from being checked. */
export async function loadBundle(folder: string): Promise<LoadedBundle> {
  const directory = resolve(folder);
  const files = await readFiles(directory);
  const problems: Problem[] = [];
  const isFormula =
    files.has(FORMULA_FILE) || files.has('backstage-template.yaml');
  const templateFile = isFormula ? 'backstage-template.yaml' : 'template.yaml';

  function document<T extends z.ZodType>(
    file: string,
    parseText: (text: string) => unknown,
    schema: T,
  ): z.infer<T> | undefined {
    const text = files.get(file);
    if (text === undefined) {
      problems.push({ file, reason: 'the file is missing' });
      return undefined;
    }
    let value: unknown;
    try {
      value = parseText(text);
    } catch (error) {
      problems.push({
        file,
        reason: `it can not be read: ${toError(error).message.split('\n')[0]}`,
      });
      return undefined;
    }
    const result = schema.safeParse(value);
    if (!result.success) {
      problems.push(...schemaProblems(file, result.error));
      return undefined;
    }
    return result.data;
  }

  const bundle: Bundle = {
    name: basename(directory),
    directory,
    isFormula,
    files,
    templateFile,
    template: document(templateFile, parse, templateSchema),
    ...(isFormula
      ? { formula: document(FORMULA_FILE, parse, formulaEntitySchema) }
      : {}),
    ...(files.has(SKELETON_TEST)
      ? {
          skeletonTest: document(SKELETON_TEST, JSON.parse, skeletonTestSchema),
        }
      : {}),
  };
  const terraform = filesIn(bundle, CODER_FOLDER);
  if (terraform.size > 0) {
    try {
      bundle.coderTemplate = await readCoderTemplate(terraform);
    } catch (error) {
      problems.push({ file: CODER_FOLDER, reason: toError(error).message });
    }
  }
  return { bundle, problems };
}
