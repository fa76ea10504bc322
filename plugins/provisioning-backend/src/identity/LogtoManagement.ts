import { Config } from '@backstage/config';
import {
  isServiceError,
  ServiceAccount,
  ServiceHttpClient,
  ServiceHttpClientOptions,
  ServiceRequest,
} from '@formulary/service-client-node';
import { z } from 'zod';

/** Of the Management API of a Logto that one hosts oneself (its default tenant). */
const DEFAULT_RESOURCE = 'https://default.logto.app/api';

/** Logto gives no larger pages. */
const PAGE_SIZE = 100;

const userSchema = z.object({
  id: z.string().min(1),
  username: z.string().nullish(),
  primaryEmail: z.string().nullish(),
  name: z.string().nullish(),
  isSuspended: z.boolean(),
  profile: z
    .object({
      givenName: z.string().nullish(),
      familyName: z.string().nullish(),
    })
    .nullish(),
  customData: z.record(z.string(), z.unknown()).nullish(),
});

const organizationSchema = z.object({
  id: z.string(),
  name: z.string(),
  organizationRoles: z.array(z.object({ name: z.string() })).default([]),
});

const errorSchema = z.object({
  code: z.string().optional(),
  message: z.string().optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
});

/** A user as Logto's Management API describes them. */
export type LogtoUser = z.infer<typeof userSchema>;

/** An organisation of a user, with the roles that the user has in it. */
export type LogtoOrganization = z.infer<typeof organizationSchema>;

/** Where and as whom Logto is asked. */
export interface LogtoManagementOptions {
  /** Address of Logto, without `/oidc` and `/api`. */
  endpoint: string;
  appId: string;
  appSecret: string;
  /** Indicator of the Management API. Default: that of a self-hosted Logto. */
  resource?: string;
}

/** The calls of Logto's Management API that provisioning needs, as a machine-to-machine app. */
export class LogtoManagement {
  private readonly http: ServiceHttpClient;
  private readonly account: ServiceAccount;

  constructor(
    options: LogtoManagementOptions,
    http: Pick<ServiceHttpClientOptions, 'timeoutMs' | 'retries'> = {},
  ) {
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

  /** Reads `provisioning.logto`; undefined when it is left out. */
  static fromConfig(config: Config): LogtoManagement | undefined {
    const logto = config.getOptionalConfig('provisioning.logto');
    return (
      logto &&
      new LogtoManagement({
        endpoint: logto.getString('endpoint'),
        appId: logto.getString('appId'),
        appSecret: logto.getString('appSecret'),
        resource: logto.getOptionalString('resource'),
      })
    );
  }

  /** What Logto puts into the `iss` claim of its tokens. */
  get issuer(): string {
    return `${this.http.baseUrl}/oidc`;
  }

  /** A user by id, or undefined when Logto has none. */
  async findUser(id: string): Promise<LogtoUser | undefined> {
    return orUnknown(
      this.get(`/users/${encodeURIComponent(id)}`, {
        expect: userSchema,
        action: `read the user ${id}`,
      }),
    );
  }

  /** The organisations of a user, or undefined when Logto has no such user. */
  async organizationsOf(id: string): Promise<LogtoOrganization[] | undefined> {
    return orUnknown(
      this.get(`/users/${encodeURIComponent(id)}/organizations`, {
        expect: z.array(organizationSchema),
        action: `read the organisations of the user ${id}`,
      }),
    );
  }

  /** Ids of the members of an organisation. */
  async membersOf(organizationId: string): Promise<string[]> {
    const members: string[] = [];
    for (let page = 1; ; page += 1) {
      const users = await this.get(
        `/organizations/${encodeURIComponent(organizationId)}/users`,
        {
          query: { page, page_size: PAGE_SIZE },
          expect: z.array(z.object({ id: z.string().min(1) })),
          action: `list the members of the organisation ${organizationId}`,
        },
      );
      members.push(...users.map(({ id }) => id));
      if (users.length < PAGE_SIZE) return members;
    }
  }

  private async get<T>(
    path: string,
    request: Pick<ServiceRequest<T>, 'query' | 'expect' | 'action'>,
  ): Promise<T> {
    const { data } = await this.account.authorized(headers =>
      this.http.request<T>({
        method: 'GET',
        path: `/api${path}`,
        headers,
        ...request,
      }),
    );
    return data;
  }
}

/**
 * Undefined only in Logto's own words for a user whom it does not have
 * (`koa-slonik-error-handler.ts` of logto-io/logto, and its integration test
 * "should fail when get user by invalid id"): a proxy's 404, or that of an
 * address without an API, must not make anybody a leaver.
 */
async function orUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (
      isServiceError(error, 'not-found') &&
      error.code === 'entity.not_found'
    ) {
      return undefined;
    }
    throw error;
  }
}
