import type { Entity } from '@backstage/catalog-model';
import type { FORMULA_API_VERSION, FORMULA_DIFFICULTIES } from './constants';

/** @public */
export type FormulaDifficulty = (typeof FORMULA_DIFFICULTIES)[number];

/**
 * What a workspace of the formula uses when its form is left as it is.
 *
 * @public
 */
export type FormulaHardware = {
  /** Virtual cores. */
  cpu: number;
  memoryGb: number;
  diskGb: number;
  /** Name of the accelerator, such as "NVIDIA T4". Absent: none. */
  gpu?: string;
};

/** @public */
export type FormulaSpec = {
  /** Ref of the group or user who answers for the formula. */
  owner: string;
  /** Kebab-case word that the marketplace filters by, such as `full-stack`. */
  category: string;
  difficulty: FormulaDifficulty;
  /** Semantic version of the bundle as one thing. */
  version: string;
  /** One sentence: what a person has when the formula has run. */
  promise: string;
  /** Ref of the Template that runs the formula. */
  template: string;
  hardware: FormulaHardware;
  software: string[];
  whatYouGet: string[];
  /** Refs of formulas that a reader may want instead or next. */
  relatedFormulas?: string[];
};

/**
 * A bundle that a user can pick in the marketplace, as the catalog has it.
 *
 * @public
 */
export interface FormulaEntity extends Entity {
  apiVersion: typeof FORMULA_API_VERSION;
  kind: 'Formula';
  spec: FormulaSpec;
}

/**
 * Whether a catalog entity is a formula. The catalog has validated its spec.
 *
 * @public
 */
export function isFormulaEntity(entity: Entity): entity is FormulaEntity {
  return entity.kind.toLocaleLowerCase('en-US') === 'formula';
}
