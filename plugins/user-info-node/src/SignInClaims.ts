import {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ForwardedError, ResponseError } from '@backstage/errors';
import { z } from 'zod';

/** Who asks. */
export type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

const answerSchema = z.object({
  claims: z.object({
    sub: z.string(),
    ent: z.array(z.string()),
    // From auth-backend-module-organization-sign-in; other ways to sign in have none.
    idp: z
      .object({ subject: z.string(), synced: z.boolean() })
      .optional()
      // What somebody else's module calls by this name is not ours.
      .catch(undefined),
  }),
});

/** What the last sign-in of somebody claimed. */
export type SignInClaims = z.infer<typeof answerSchema>['claims'];

/** Reads what the auth backend keeps of the last sign-in (`GET /v1/userinfo`). */
export class SignInClaimsReader {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly auth: AuthService,
  ) {}

  /** @throws ForwardedError when the auth backend does not answer */
  async read(credentials: UserCredentials): Promise<SignInClaims> {
    try {
      const { token } = await this.auth.getLimitedUserToken(credentials);
      const response = await fetch(
        `${await this.discovery.getBaseUrl('auth')}/v1/userinfo`,
        { headers: { Authorization: `Bearer ${token}` } },
      );
      if (!response.ok) throw await ResponseError.fromResponse(response);
      return answerSchema.parse(await response.json()).claims;
    } catch (error) {
      throw new ForwardedError(
        'The groups of the user could not be read from the auth backend',
        error,
      );
    }
  }
}
