import {
  redact,
  ServiceError,
  ServiceErrorKind,
  ServiceHttpClient,
} from '@formulary/service-client-node';
import { z } from 'zod';
import { Settings } from '../settings';

const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z
          .object({
            code: z.string().optional(),
            subCode: z.string().optional(),
          })
          .nullish(),
      }),
    )
    .optional(),
});

const tokenSchema = z.object({ token: z.string() });
const tokensSchema = z.object({
  tokens: z.object({ accessOrWorkspaceAgnosticToken: tokenSchema }),
});
const workspacesSchema = z.object({
  availableWorkspacesForSignIn: z.array(
    z.object({ id: z.string(), loginToken: z.string().nullish() }),
  ),
});
const sessionSchema = tokensSchema.extend({
  availableWorkspaces: workspacesSchema,
});

/** Somebody who is logged in to Twenty, but to no workspace yet. */
export interface TwentySession {
  token: string;
  /** Token to enter the first workspace with, if there is one. */
  loginToken?: string;
}

const SESSION = `
  tokens { accessOrWorkspaceAgnosticToken { token } }
  availableWorkspaces { availableWorkspacesForSignIn { id loginToken } }`;

/**
 * The first steps in a Twenty: sign-up, workspace, API key. All of them are
 * mutations of the metadata API (`auth.resolver.ts`, `workspace.resolver.ts` and
 * `api-key.resolver.ts` of packages/twenty-server, version 2).
 */
export class TwentyFirstRun {
  private readonly secrets: string[];

  constructor(private readonly settings: Settings<'twenty'>) {
    this.secrets = [settings.TWENTY_ADMIN_PASSWORD];
  }

  async userExists(): Promise<boolean> {
    const { checkUserExists } = await this.run({
      document: `query CheckUser($email: String!) { checkUserExists(email: $email) { exists } }`,
      variables: { email: this.settings.TWENTY_ADMIN_EMAIL },
      expect: z.object({ checkUserExists: z.object({ exists: z.boolean() }) }),
      action: 'tell whether the administrator exists',
    });
    return checkUserExists.exists;
  }

  async signUp(): Promise<TwentySession> {
    const { signUp } = await this.run({
      document: `mutation SignUp($email: String!, $password: String!) { signUp(email: $email, password: $password) {${SESSION}} }`,
      variables: this.credentials(),
      expect: z.object({ signUp: sessionSchema }),
      action: 'sign the administrator up',
    });
    return sessionOf(signUp);
  }

  /** @throws ServiceError when the password is wrong */
  async signIn(): Promise<TwentySession> {
    const { signIn } = await this.run({
      document: `mutation SignIn($email: String!, $password: String!) { signIn(email: $email, password: $password) {${SESSION}} }`,
      variables: this.credentials(),
      expect: z.object({ signIn: sessionSchema }),
      action: 'log the administrator in',
    });
    return sessionOf(signIn);
  }

  /** Makes a workspace; answers a token to enter it with. */
  async createWorkspace(session: TwentySession): Promise<string> {
    const { signUpInNewWorkspace } = await this.run({
      document: `mutation SignUpInNewWorkspace { signUpInNewWorkspace { loginToken { token } workspace { id } } }`,
      token: session.token,
      expect: z.object({
        signUpInNewWorkspace: z.object({ loginToken: tokenSchema }),
      }),
      action: 'create the workspace',
    });
    return signUpInNewWorkspace.loginToken.token;
  }

  /** Enters a workspace; answers the token of its session. */
  async enter(loginToken: string): Promise<string> {
    this.secrets.push(loginToken);
    const { getAuthTokensFromLoginToken } = await this.run({
      document: `mutation Enter($loginToken: String!, $origin: String!) {
        getAuthTokensFromLoginToken(loginToken: $loginToken, origin: $origin) {
          tokens { accessOrWorkspaceAgnosticToken { token } }
        }
      }`,
      variables: { loginToken, origin: this.settings.TWENTY_URL },
      expect: z.object({ getAuthTokensFromLoginToken: tokensSchema }),
      action: 'open the workspace',
    });
    return getAuthTokensFromLoginToken.tokens.accessOrWorkspaceAgnosticToken
      .token;
  }

  /** Whether the workspace has its objects; a new one is empty until it is activated. */
  async isActive(token: string): Promise<boolean> {
    const { currentUser } = await this.run({
      document: `query Activation { currentUser { currentWorkspace { activationStatus } } }`,
      token,
      expect: z.object({
        currentUser: z.object({
          currentWorkspace: z.object({ activationStatus: z.string() }),
        }),
      }),
      action: 'tell the state of the workspace',
    });
    return currentUser.currentWorkspace.activationStatus === 'ACTIVE';
  }

  /** Makes the workspace's objects and roles; takes a while. */
  async activate(token: string): Promise<void> {
    await this.run({
      document: `mutation Activate($input: ActivateWorkspaceInput!) { activateWorkspace(data: $input) { id } }`,
      token,
      variables: {
        input: { displayName: this.settings.TWENTY_WORKSPACE_NAME },
      },
      expect: z.unknown(),
      action: 'activate the workspace',
    });
  }

  /** Id of the role of administrators, which an API key may have. */
  async adminRole(token: string): Promise<string | undefined> {
    const { getRoles } = await this.run({
      document: `query Roles { getRoles { id label canUpdateAllSettings canBeAssignedToApiKeys } }`,
      token,
      expect: z.object({
        getRoles: z.array(
          z.object({
            id: z.string(),
            canUpdateAllSettings: z.boolean(),
            canBeAssignedToApiKeys: z.boolean(),
          }),
        ),
      }),
      action: 'list the roles of the workspace',
    });
    return getRoles.find(
      role => role.canUpdateAllSettings && role.canBeAssignedToApiKeys,
    )?.id;
  }

  /** Keys that are neither revoked nor expired. */
  async apiKeys(token: string): Promise<Array<{ id: string; name: string }>> {
    const { apiKeys } = await this.run({
      document: `query ApiKeys { apiKeys { id name } }`,
      token,
      expect: z.object({
        apiKeys: z.array(z.object({ id: z.string(), name: z.string() })),
      }),
      action: 'list the API keys of the workspace',
    });
    return apiKeys;
  }

  async revokeApiKey(token: string, id: string): Promise<void> {
    await this.run({
      document: `mutation Revoke($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { id } }`,
      token,
      variables: { input: { id } },
      expect: z.unknown(),
      action: 'revoke the API key that nobody knows any more',
    });
  }

  /** Makes an API key and answers its token, which can't be read again. */
  async createApiKey(
    token: string,
    key: { name: string; roleId: string; expiresAt: string },
  ): Promise<string> {
    const { createApiKey } = await this.run({
      document: `mutation CreateKey($input: CreateApiKeyInput!) { createApiKey(input: $input) { id } }`,
      token,
      variables: { input: key },
      expect: z.object({ createApiKey: z.object({ id: z.string() }) }),
      action: 'create the API key of the portal',
    });
    const { generateApiKeyToken } = await this.run({
      document: `mutation KeyToken($apiKeyId: UUID!, $expiresAt: String!) { generateApiKeyToken(apiKeyId: $apiKeyId, expiresAt: $expiresAt) { token } }`,
      token,
      variables: { apiKeyId: createApiKey.id, expiresAt: key.expiresAt },
      expect: z.object({ generateApiKeyToken: tokenSchema }),
      action: 'create the token of the API key',
    });
    return generateApiKeyToken.token;
  }

  private credentials() {
    const { TWENTY_ADMIN_EMAIL: email, TWENTY_ADMIN_PASSWORD: password } =
      this.settings;
    return { email, password };
  }

  private async run<T>(operation: {
    document: string;
    variables?: Record<string, unknown>;
    token?: string;
    expect: z.ZodType<T>;
    action: string;
  }): Promise<T> {
    const { token, action } = operation;
    const secrets = [...this.secrets, ...(token ? [token] : [])];
    const http = new ServiceHttpClient({
      service: 'Twenty',
      baseUrl: this.settings.TWENTY_URL,
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      secrets,
      parseError: () => ({}),
      // Activating a workspace makes all its tables within the call.
      timeoutMs: 180_000,
    });
    const { data: answer } = await http.request({
      method: 'POST',
      path: '/metadata',
      json: { query: operation.document, variables: operation.variables },
      expect: answerSchema,
      action,
      repeatable: operation.document.startsWith('query'),
    });
    const [error] = answer.errors ?? [];
    if (error) {
      const { code, subCode } = error.extensions ?? {};
      throw new ServiceError(
        redact(`Twenty could not ${action}: ${error.message}`, secrets),
        {
          kind: kindOf(code),
          service: 'Twenty',
          code: subCode ?? code,
        },
      );
    }
    const parsed = operation.expect.safeParse(answer.data);
    if (parsed.success) return parsed.data;
    throw new ServiceError(
      `Twenty could not ${action}: the answer is not what its API promises. Check that the version of the server is supported`,
      { kind: 'unexpected-response', service: 'Twenty', cause: parsed.error },
    );
  }
}

function sessionOf(answer: z.infer<typeof sessionSchema>): TwentySession {
  const [workspace] = answer.availableWorkspaces.availableWorkspacesForSignIn;
  return {
    token: answer.tokens.accessOrWorkspaceAgnosticToken.token,
    loginToken: workspace?.loginToken ?? undefined,
  };
}

/** `graphql-errors.util.ts`; a wrong password is forbidden there (`auth-graphql-api-exception-handler.util.ts`). */
function kindOf(code: string | undefined): ServiceErrorKind {
  switch (code) {
    case 'UNAUTHENTICATED':
      return 'unauthorized';
    case 'FORBIDDEN':
      return 'forbidden';
    case 'INTERNAL_SERVER_ERROR':
      return 'unavailable';
    default:
      return 'validation';
  }
}
