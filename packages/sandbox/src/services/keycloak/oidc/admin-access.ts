import express from 'express';
import { createLocalJWKSet, jwtVerify, errors, type JWK } from 'jose';
import type Provider from 'oidc-provider';
import { EventAuthor } from '../events/event';
import { serviceAccountId, stableId } from '../model/stable-id';
import { ADMIN_AUDIENCE } from './provider';

/** What the Admin API learns of its caller. */
export interface AdminLocals {
  author: EventAuthor;
}

/**
 * Lets the service account in: anybody else gets Keycloak's 401, and a person's
 * token its 403.
 */
export function requireAdmin(
  provider: Provider,
  signingKey: JWK,
): express.RequestHandler {
  const keys = createLocalJWKSet({
    keys: [
      {
        kty: signingKey.kty,
        kid: signingKey.kid,
        alg: signingKey.alg,
        n: signingKey.n,
        e: signingKey.e,
      },
    ],
  });
  return async (request, response, next) => {
    const token = /^bearer (.+)$/i.exec(
      request.get('Authorization') ?? '',
    )?.[1];
    const clientId = token && (await serviceAccount(token));
    if (clientId) {
      const author: EventAuthor = {
        clientId: stableId(`client ${clientId}`),
        userId: serviceAccountId(clientId),
        username: `service-account-${clientId}`,
        ipAddress: request.ip ?? '',
      };
      response.locals.author = author;
      next();
    } else if (token && (await provider.AccessToken.find(token))) {
      response.status(403).json({ error: 'HTTP 403 Forbidden' });
    } else {
      response.status(401).json({ error: 'HTTP 401 Unauthorized' });
    }
  };

  async function serviceAccount(token: string): Promise<string | undefined> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: provider.issuer,
        audience: ADMIN_AUDIENCE,
      });
      return String(payload.client_id);
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}
