import { ResponseError } from '@backstage/errors';
import { AccessApi, AccessCallOptions } from './AccessApi';
import { accessReportSchema } from './schemas';
import { AccessReport } from './types';

/**
 * What {@link AccessClient} needs: Backstage's discovery and, in a browser, its
 * fetch API.
 *
 * @public
 */
export interface AccessClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi?: { fetch: typeof fetch };
}

/**
 * Client of the access backend.
 *
 * @public
 */
export class AccessClient implements AccessApi {
  constructor(private readonly options: AccessClientOptions) {}

  async getReport(
    userRef: string,
    { token, signal }: AccessCallOptions = {},
  ): Promise<AccessReport> {
    const baseUrl = await this.options.discoveryApi.getBaseUrl('access');
    const send = this.options.fetchApi?.fetch ?? fetch;
    const response = await send(
      `${baseUrl}/persons/${encodeURIComponent(userRef)}`,
      {
        headers: token ? { Authorization: `Bearer ${token}` } : {},
        signal,
      },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return accessReportSchema.parse(await response.json());
  }
}
