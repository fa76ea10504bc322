import {
  isServiceError,
  ServiceHttpClient,
  ServiceRequest,
} from '@formulary/service-client-node';
import { z } from 'zod';

/**
 * The calls that the parts of `GiteaClient` share.
 *
 * @public
 */
export class GiteaCalls {
  constructor(private readonly http: ServiceHttpClient) {}

  /** Makes a call and answers its body. */
  async send<T = undefined>(request: ServiceRequest<T>): Promise<T> {
    return (await this.http.request(request)).data;
  }

  /** Makes a look-up; `undefined` when there is nothing. */
  async find<T>(
    request: ServiceRequest<T> & { expect: z.ZodType<T> },
  ): Promise<T | undefined> {
    try {
      return await this.send(request);
    } catch (error) {
      if (isServiceError(error, 'not-found')) return undefined;
      throw error;
    }
  }
}
