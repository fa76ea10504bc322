/**
 * `apiVersion` of the entity kind Formula.
 *
 * @public
 */
export const FORMULA_API_VERSION = 'formulary.dev/v1alpha1';

/**
 * `kind` of a formula in the catalog.
 *
 * @public
 */
export const FORMULA_KIND = 'Formula';

/**
 * How much a person should know before picking a formula, easiest first.
 *
 * @public
 */
export const FORMULA_DIFFICULTIES = [
  'beginner',
  'intermediate',
  'advanced',
] as const;

/**
 * Relation between a formula and those it names in `spec.relatedFormulas`. It
 * is emitted in both directions, so it has no reverse of another name.
 *
 * @public
 */
export const RELATION_RELATED_TO = 'relatedTo';
