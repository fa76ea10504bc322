import {
  isServiceError,
  ServiceAccount,
  ServiceHttpClient,
  ServiceHttpClientOptions,
} from '@formulary/service-client-node';
import { z } from 'zod';

const PAGE_SIZE = 100;

const errorSchema = z.object({
  error: z.string().optional(),
  errorMessage: z.string().optional(),
  error_description: z.string().optional(),
});

/**
 * Where and as whom Keycloak is asked.
 *
 * @public
 */
export interface KeycloakCallsOptions {
  /** Address of Keycloak, without `/realms`. */
  baseUrl: string;
  /** Realm that is read. */
  realm: string;
  /** Realm of the client. Default: `realm`. */
  loginRealm?: string;
  /** A client with a service account. */
  clientId: string;
  clientSecret: string;
  /** Entries of a page. Default: 100. */
  pageSize?: number;
}

/** Names a thing in a path. */
const part = encodeURIComponent;

/**
 * Reads one realm with Keycloak's Admin REST API: token, pages, errors. Paths
 * begin after `/admin/realms/<realm>`.
 *
 * @public
 */
export class KeycloakCalls {
  private readonly http: ServiceHttpClient;
  private readonly account: ServiceAccount;

  constructor(
    private readonly options: KeycloakCallsOptions,
    http: Pick<
      ServiceHttpClientOptions,
      'timeoutMs' | 'retries' | 'concurrency'
    > = {},
  ) {
    const { baseUrl, realm, loginRealm, clientId, clientSecret } = options;
    this.http = new ServiceHttpClient({
      ...http,
      service: 'Keycloak',
      baseUrl,
      headers: {},
      secrets: [clientSecret],
      parseError: (_status, body) => {
        const parsed = errorSchema.safeParse(body).data;
        return {
          code: parsed?.error ?? parsed?.errorMessage,
          message:
            parsed?.errorMessage ?? parsed?.error_description ?? parsed?.error,
        };
      },
    });
    this.account = new ServiceAccount(this.http, {
      tokenPath: `/realms/${part(
        loginRealm ?? realm,
      )}/protocol/openid-connect/token`,
      clientId,
      clientSecret,
    });
  }

  /** Address without a trailing slash. */
  get baseUrl(): string {
    return this.http.baseUrl;
  }

  get realm(): string {
    return this.options.realm;
  }

  /** @throws ServiceError for everything but the answer that is expected */
  async get<T>(
    path: string,
    expect: z.ZodType<T>,
    action: string,
    query?: Record<string, string | number | boolean>,
  ): Promise<T> {
    const { data } = await this.account.authorized(headers =>
      this.http.request<T>({
        method: 'GET',
        path: `/admin/realms/${part(this.realm)}${path}`,
        headers,
        query,
        expect,
        action,
      }),
    );
    return data;
  }

  /**
   * One thing, or undefined when Keycloak says in its own words that it has none.
   *
   * @param absent - those words
   */
  async find<T>(
    path: string,
    expect: z.ZodType<T>,
    action: string,
    absent: string,
  ): Promise<T | undefined> {
    try {
      return await this.get(path, expect, action);
    } catch (error) {
      // A proxy's or another realm's 404 must not make anybody disappear.
      if (isServiceError(error, 'not-found') && error.code === absent) {
        return undefined;
      }
      throw error;
    }
  }

  /** A whole list. */
  async all<T>(
    path: string,
    entry: z.ZodType<T>,
    action: string,
  ): Promise<T[]> {
    const entries: T[] = [];
    for await (const page of this.pages(path, entry, action)) {
      entries.push(...page);
    }
    return entries;
  }

  /** A list, page by page; a page that fails is thrown, never an empty one. */
  async *pages<T>(
    path: string,
    entry: z.ZodType<T>,
    action: string,
  ): AsyncGenerator<T[]> {
    const max = this.options.pageSize ?? PAGE_SIZE;
    for (let first = 0; ; first += max) {
      const page = await this.get(path, z.array(entry), action, {
        first,
        max,
        briefRepresentation: true,
      });
      if (page.length > 0) yield page;
      if (page.length < max) return;
    }
  }
}
