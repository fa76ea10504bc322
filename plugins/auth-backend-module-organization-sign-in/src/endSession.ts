import {
  HttpRouterService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { ResponseError, ServiceUnavailableError } from '@backstage/errors';
import Router from 'express-promise-router';
import { z } from 'zod';

const PATH = '/organization-sign-in/end-session';
const TIMEOUT_MS = 5_000;

const metadataSchema = z.object({ end_session_endpoint: z.url().optional() });

/**
 * Tells the browser where the session at the identity provider ends, so that
 * signing out of the portal also signs out there (OpenID Connect RP-Initiated
 * Logout 1.0, section 2). Only what the provider publishes to everybody is told.
 *
 * `GET /api/auth/organization-sign-in/end-session` answers `{ url }`, or `{}`
 * when the provider has no such address.
 *
 * @throws Error that names the key when the provider is not configured
 */
export function offerEndSession(options: {
  config: RootConfigService;
  httpRouter: HttpRouterService;
  logger: LoggerService;
}): void {
  const { config, httpRouter, logger } = options;
  const environment =
    config.getOptionalString('auth.environment') ?? 'development';
  const provider = config.getConfig(`auth.providers.oidc.${environment}`);
  const metadataUrl = provider.getString('metadataUrl');
  const clientId = provider.getString('clientId');
  let known: { url?: string } | undefined;

  const router = Router();
  router.get(PATH, async (_request, response) => {
    known ??= await readEndSession(metadataUrl, clientId).catch(error => {
      logger.warn(`${metadataUrl} could not be read`, error);
      throw new ServiceUnavailableError(
        'The identity provider does not answer: you may still be signed in there',
      );
    });
    response.json(known);
  });
  httpRouter.use(router);
  httpRouter.addAuthPolicy({ path: PATH, allow: 'unauthenticated' });
}

/** The provider takes the issuer for its document, too (`Issuer.discover` of openid-client 5, which it uses). */
function documentOf(metadataUrl: string): string {
  return metadataUrl.includes('/.well-known/')
    ? metadataUrl
    : `${metadataUrl.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

async function readEndSession(metadataUrl: string, clientId: string) {
  const response = await fetch(documentOf(metadataUrl), {
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw await ResponseError.fromResponse(response);
  const metadata = metadataSchema.parse(await response.json());
  if (!metadata.end_session_endpoint) return {};
  const url = new URL(metadata.end_session_endpoint);
  url.searchParams.set('client_id', clientId);
  return { url: url.href };
}
