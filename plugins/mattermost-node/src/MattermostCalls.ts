import {
  isServiceError,
  ServiceHttpClient,
  ServiceRequest,
} from '@formulary/service-client-node';
import { z } from 'zod';

/**
 * The calls that the parts of `MattermostClient` share.
 *
 * @public
 */
export class MattermostCalls {
  constructor(private readonly http: ServiceHttpClient) {}

  /** Makes a call and answers its body. */
  async send<T = undefined>(request: ServiceRequest<T>): Promise<T> {
    return (await this.http.request(request)).data;
  }

  /** Makes a look-up; `undefined` when Mattermost answers one of the ids that say "there is none". */
  async find<T>(
    request: ServiceRequest<T> & { expect: z.ZodType<T> },
    missing: string[],
  ): Promise<T | undefined> {
    try {
      return await this.send(request);
    } catch (error) {
      if (
        isServiceError(error, 'not-found') &&
        error.code !== undefined &&
        missing.includes(error.code)
      ) {
        return undefined;
      }
      throw error;
    }
  }
}
