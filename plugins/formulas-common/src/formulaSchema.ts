import { z } from 'zod';
import {
  FORMULA_API_VERSION,
  FORMULA_DIFFICULTIES,
  FORMULA_KIND,
} from './constants';

/** Semantic Versioning 2.0.0, without build metadata. */
const semanticVersion =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$/;
/** `[kind:][namespace/]name` with the characters that the catalog allows. */
const entityRefForm =
  /^([A-Za-z][A-Za-z0-9]*:)?([a-z0-9]+(-[a-z0-9]+)*\/)?[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$/;
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*$/;

function text(what: string, maximum: number) {
  return z
    .string({ error: `${what} must be text` })
    .trim()
    .min(1, `${what} must not be empty`)
    .max(maximum, `${what} must be at most ${maximum} characters long`);
}

function entityRef(what: string, kind: string) {
  return text(what, 200).regex(
    entityRefForm,
    `${what} must be an entity ref such as "${kind}:default/name"`,
  );
}

function amount(what: string) {
  return z
    .number({ error: `${what} must be a number` })
    .positive(`${what} must be more than 0`);
}

/**
 * Schema of a formula's `spec`. Unknown fields are refused, so that a typing
 * error shows instead of being ignored.
 *
 * @public
 */
export const formulaSpecSchema = z.strictObject({
  owner: entityRef('the owner', 'group'),
  category: text('the category', 40).regex(
    kebabCase,
    'the category must be in kebab case, such as "full-stack"',
  ),
  difficulty: z.enum(FORMULA_DIFFICULTIES, {
    error: `the difficulty must be one of ${FORMULA_DIFFICULTIES.join(', ')}`,
  }),
  version: text('the version', 40).regex(
    semanticVersion,
    'the version must be a semantic version such as "1.4.0"',
  ),
  promise: text('the promise', 160),
  template: entityRef('the template', 'template'),
  hardware: z.strictObject({
    cpu: amount('the number of cores'),
    memoryGb: amount('the memory'),
    diskGb: amount('the disk'),
    gpu: text('the accelerator', 60).optional(),
  }),
  software: z.array(text('a piece of software', 60)).min(1).max(40),
  whatYouGet: z.array(text('what one gets', 200)).min(1).max(20),
  relatedFormulas: z
    .array(entityRef('a related formula', 'formula'))
    .max(12)
    .optional(),
});

/**
 * Schema of a Formula entity. Fields of the envelope that the catalog itself
 * checks are passed through.
 *
 * @public
 */
export const formulaEntitySchema = z.looseObject({
  apiVersion: z.literal(FORMULA_API_VERSION, {
    error: `apiVersion must be "${FORMULA_API_VERSION}"`,
  }),
  kind: z.literal(FORMULA_KIND),
  metadata: z.looseObject({
    name: z.string(),
    title: text('the title', 60),
    description: text('the description', 500),
  }),
  spec: formulaSpecSchema,
});
