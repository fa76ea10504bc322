import {
  DEFAULT_NAMESPACE,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { FormulaBundle } from './formulaBundle';

/**
 * What the formulas backend offers.
 *
 * @public
 */
export interface FormulasApi {
  /**
   * Reads README and Claude Code configuration of a formula's bundle.
   *
   * @throws ResponseError with status 404 when there is no such formula or the
   * caller may not see it, 503 when the bundle's source cannot be read.
   */
  getBundle(
    ref: Pick<CompoundEntityRef, 'name'> &
      Partial<Pick<CompoundEntityRef, 'namespace'>>,
    options?: { signal?: AbortSignal },
  ): Promise<FormulaBundle>;
}

/**
 * Client of the formulas backend, for browsers and backends alike. `fetchApi`
 * adds the caller's credentials.
 *
 * @public
 */
export class FormulasClient implements FormulasApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async getBundle(
    ref: { name: string; namespace?: string },
    options?: { signal?: AbortSignal },
  ): Promise<FormulaBundle> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('formulas');
    const namespace = encodeURIComponent(ref.namespace ?? DEFAULT_NAMESPACE);
    const name = encodeURIComponent(ref.name);
    const response = await this.#fetchApi.fetch(
      `${baseUrl}/formulas/${namespace}/${name}/bundle`,
      { signal: options?.signal },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}
