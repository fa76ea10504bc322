import {
  ServiceAccount,
  ServiceError,
  ServiceHttpClient,
  ServiceHttpClientOptions,
  ServiceRequest,
} from '@formulary/service-client-node';
import { z } from 'zod';
import { errorSchema } from './representations';

/** Of the Management API of a Logto that one hosts oneself (its default tenant). */
const DEFAULT_RESOURCE = 'https://default.logto.app/api';

/** Logto gives no larger pages (`koa-pagination.ts` of logto-io/logto). */
const MAX_PAGE_SIZE = 100;

/**
 * Where and as whom Logto is asked.
 *
 * @public
 */
export interface LogtoClientOptions {
  /** Address of Logto, without `/oidc` and `/api`. */
  endpoint: string;
  /** A machine-to-machine app with access to the Management API. */
  appId: string;
  appSecret: string;
  /** Indicator of the Management API. Default: that of a self-hosted Logto. */
  resource?: string;
  /** Entries of a page, 1 to 100. Default: 100. */
  pageSize?: number;
}

/**
 * How Logto is called.
 *
 * @public
 */
export type LogtoHttpOptions = Pick<
  ServiceHttpClientOptions,
  'timeoutMs' | 'retries' | 'maxWaitMs' | 'concurrency'
>;

type Query = ServiceRequest<unknown>['query'];

/** Calls of the Management API: token, pages, errors. */
export class LogtoCalls {
  private readonly http: ServiceHttpClient;
  private readonly account: ServiceAccount;
  private readonly pageSize: number;

  constructor(options: LogtoClientOptions, http: LogtoHttpOptions) {
    this.pageSize = options.pageSize ?? MAX_PAGE_SIZE;
    this.http = new ServiceHttpClient({
      ...http,
      service: 'Logto',
      baseUrl: options.endpoint,
      headers: {},
      secrets: [options.appSecret],
      parseError: (_status, body) => {
        const parsed = errorSchema.safeParse(body).data;
        return {
          code: parsed?.code ?? parsed?.error,
          message:
            parsed?.message ?? parsed?.error_description ?? parsed?.error,
        };
      },
    });
    this.account = new ServiceAccount(this.http, {
      tokenPath: '/oidc/token',
      clientId: options.appId,
      clientSecret: options.appSecret,
      parameters: {
        resource: options.resource ?? DEFAULT_RESOURCE,
        scope: 'all',
      },
    });
  }

  /** Address without a trailing slash. */
  get endpoint(): string {
    return this.http.baseUrl;
  }

  async get<T>(
    path: string,
    request: Pick<ServiceRequest<T>, 'query' | 'expect' | 'action'>,
  ): Promise<T> {
    return (await this.read(path, request)).data;
  }

  /** @throws ServiceError when the list is shorter than Logto's count */
  async all<T extends { id: string }>(
    path: string,
    entry: z.ZodType<T>,
    action: string,
    query?: Query,
  ): Promise<T[]> {
    const entries: T[] = [];
    for await (const page of this.pages(path, entry, action, query)) {
      entries.push(...page);
    }
    return entries;
  }

  /**
   * A list, page by page. What moved between two pages may come twice.
   *
   * @throws ServiceError when the list is shorter than Logto's count
   */
  async *pages<T extends { id: string }>(
    path: string,
    entry: z.ZodType<T>,
    action: string,
    query?: Query,
  ): AsyncGenerator<T[]> {
    const met = new Set<string>();
    for (let page = 1; ; page += 1) {
      const { data, headers } = await this.read(path, {
        expect: z.array(entry),
        action,
        query: { ...query, page, page_size: this.pageSize },
      });
      for (const { id } of data) met.add(id);
      if (data.length > 0) yield data;
      if (data.length < this.pageSize) {
        assertWhole(met.size, headers, action);
        return;
      }
    }
  }

  private read<T>(
    path: string,
    request: Pick<ServiceRequest<T>, 'query' | 'expect' | 'action'>,
  ) {
    return this.account.authorized(headers =>
      this.http.request<T>({
        method: 'GET',
        path: `/api${path}`,
        headers,
        ...request,
      }),
    );
  }
}

/** Logto counts every list that has pages; of very long ones it says at least how many (`koa-pagination.ts`). */
function assertWhole(read: number, headers: Headers, action: string): void {
  const total = headers.get('total-number');
  if (total !== null && read >= Number(total)) return;
  throw new ServiceError(
    `Logto could not ${action}: ${
      total === null
        ? 'the answer does not say how many there are. Let the proxy in front of it pass the header Total-Number'
        : `it gave ${read} of ${total}. Try again; when it stays, look at its log`
    }`,
    { kind: 'unexpected-response', service: 'Logto' },
  );
}
