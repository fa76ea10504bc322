import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import {
  ApprovalsApi,
  ApprovalsCallOptions,
  ApprovalsPage,
} from './ApprovalsApi';
import {
  approvalDetailsSchema,
  approvalListSchema,
  requiredApprovalSchema,
} from './schemas';
import {
  ApprovalDetails,
  ApprovalState,
  RequireApproval,
  RequiredApproval,
} from './types';

/**
 * What {@link ApprovalsClient} needs: Backstage's discovery and, in a browser,
 * its fetch API.
 *
 * @public
 */
export interface ApprovalsClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi?: { fetch: typeof fetch };
}

interface Call<T> {
  method: 'GET' | 'POST';
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** What the answer has to look like. */
  answer: z.ZodType<T>;
}

/**
 * Client of the approvals backend.
 *
 * @public
 */
export class ApprovalsClient implements ApprovalsApi {
  constructor(private readonly options: ApprovalsClientOptions) {}

  async require(
    request: RequireApproval,
    options?: ApprovalsCallOptions,
  ): Promise<RequiredApproval> {
    return this.call(
      {
        method: 'POST',
        path: '/requests',
        body: request,
        answer: requiredApprovalSchema,
      },
      options,
    );
  }

  async getRequests(
    query: {
      view?: 'mine' | 'decide' | 'all';
      state?: ApprovalState;
      limit?: number;
      offset?: number;
    } = {},
    options?: ApprovalsCallOptions,
  ): Promise<ApprovalsPage> {
    return this.call(
      { method: 'GET', path: '/requests', query, answer: approvalListSchema },
      options,
    );
  }

  async getRequest(
    id: string,
    options?: ApprovalsCallOptions,
  ): Promise<ApprovalDetails> {
    return this.call(
      {
        method: 'GET',
        path: `/requests/${encodeURIComponent(id)}`,
        answer: approvalDetailsSchema,
      },
      options,
    );
  }

  async decide(
    id: string,
    decision: { decision: 'approve' | 'reject'; reason: string },
    options?: ApprovalsCallOptions,
  ): Promise<ApprovalDetails> {
    return this.change(id, 'decide', decision, options);
  }

  async cancel(
    id: string,
    request: { reason?: string } = {},
    options?: ApprovalsCallOptions,
  ): Promise<ApprovalDetails> {
    return this.change(id, 'cancel', request, options);
  }

  async delegate(
    id: string,
    request: { userRef: string; reason: string },
    options?: ApprovalsCallOptions,
  ): Promise<ApprovalDetails> {
    return this.change(id, 'delegate', request, options);
  }

  private async change(
    id: string,
    what: string,
    body: object,
    options?: ApprovalsCallOptions,
  ): Promise<ApprovalDetails> {
    return this.call(
      {
        method: 'POST',
        path: `/requests/${encodeURIComponent(id)}/${what}`,
        body,
        answer: approvalDetailsSchema,
      },
      options,
    );
  }

  private async call<T>(
    { method, path, query, body, answer }: Call<T>,
    { token, signal }: ApprovalsCallOptions = {},
  ): Promise<T> {
    const baseUrl = await this.options.discoveryApi.getBaseUrl('approvals');
    const url = new URL(`${baseUrl}${path}`);
    for (const [key, value] of Object.entries(query ?? {})) {
      if (value !== undefined) url.searchParams.set(key, String(value));
    }
    const send = this.options.fetchApi?.fetch ?? fetch;
    const response = await send(url.toString(), {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return answer.parse(await response.json());
  }
}
