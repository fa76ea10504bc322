import {
  ANNOTATION_LOCATION,
  parseLocationRef,
  type Entity,
} from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { FormulaBundle } from '@formulary/plugin-formulas-common';
import type { BundleSource } from './bundle/BundleSource';
import { parseBundle } from './bundle/parseBundle';

/** Finds the bundle that a formula came from, and reads what is shown of it. */
export class FormulaBundles {
  readonly #sources: Record<string, BundleSource>;

  /** @param sources - a source for each type of location that formulas may come from */
  constructor(sources: Record<string, BundleSource>) {
    this.#sources = sources;
  }

  /**
   * @throws NotFoundError when the formula did not come from a place that a
   * bundle can be read from
   */
  async get(formula: Entity): Promise<FormulaBundle> {
    // The catalog itself sets this annotation, whatever the file says.
    const location = formula.metadata.annotations?.[ANNOTATION_LOCATION];
    const { type, target } = location
      ? parseLocationRef(location)
      : { type: '', target: '' };
    const source = Object.hasOwn(this.#sources, type)
      ? this.#sources[type]
      : undefined;
    if (!source) {
      throw new NotFoundError(
        `The formula "${formula.metadata.name}" has no bundle that can be read`,
      );
    }
    return parseBundle(await source.read(target));
  }
}
