import {
  isServiceError,
  ServiceHttpClient,
} from '@formulary/service-client-node';
import { z } from 'zod';
import { BootstrapError } from '../BootstrapError';
import { Outcome } from '../report';
import { Settings } from '../settings';

const webhookSchema = z.object({
  id: z.string(),
  url: z.string(),
  enabled: z.boolean(),
  algorithm: z.string().nullish(),
  eventTypes: z.array(z.string()).nullish(),
});

/** Keycloak's own words for what went wrong; a proxy has others. */
const errorSchema = z.object({ error: z.string() });

/** What the portal wants to hear of. */
const EVENT_TYPES = [
  'access.REGISTER',
  'access.UPDATE_PROFILE',
  'access.UPDATE_EMAIL',
  'access.VERIFY_EMAIL',
  'access.DELETE_ACCOUNT',
  'admin.USER-CREATE',
  'admin.USER-UPDATE',
  'admin.USER-DELETE',
  'admin.GROUP_MEMBERSHIP-CREATE',
  'admin.GROUP_MEMBERSHIP-DELETE',
  'admin.ORGANIZATION_MEMBERSHIP-CREATE',
  'admin.ORGANIZATION_MEMBERSHIP-DELETE',
  'admin.GROUP-CREATE',
  'admin.GROUP-UPDATE',
  'admin.GROUP-DELETE',
  'admin.ORGANIZATION-CREATE',
  'admin.ORGANIZATION-UPDATE',
  'admin.ORGANIZATION-DELETE',
  'admin.REALM_ROLE_MAPPING-CREATE',
  'admin.REALM_ROLE_MAPPING-DELETE',
];

/**
 * Makes sure of the portal's webhook (`WebhooksResource.java` of
 * p2-inc/keycloak-events). An answer never shows the secret; `GET …/secret` does.
 *
 * @throws BootstrapError when the extension is not installed
 */
export async function ensureWebhook(
  settings: Settings<'keycloak'>,
  accessToken: string,
): Promise<Outcome> {
  const secret = settings.KEYCLOAK_WEBHOOK_SECRET;
  const url = `${settings.PORTAL_URL}/api/provisioning/webhooks/keycloak`;
  const http = new ServiceHttpClient({
    service: 'Keycloak',
    baseUrl: `${settings.KEYCLOAK_URL}/realms/${encodeURIComponent(
      settings.KEYCLOAK_REALM,
    )}/webhooks`,
    headers: { Authorization: `Bearer ${accessToken}` },
    secrets: [accessToken, secret],
    parseError: (_status, body) => ({
      message: errorSchema.safeParse(body).data?.error,
    }),
  });
  const list = async () => {
    try {
      const { data } = await http.request({
        method: 'GET',
        path: '',
        expect: z.array(webhookSchema),
        action: 'list its webhooks',
      });
      return data;
    } catch (error) {
      if (!isServiceError(error, 'not-found')) throw error;
      throw new BootstrapError(
        `Keycloak has no webhooks: the extension p2-inc/keycloak-events is not installed. deploy/compose/keycloak/Dockerfile shows how`,
      );
    }
  };
  const wanted = {
    url,
    enabled: true,
    secret,
    algorithm: 'HmacSHA256',
    eventTypes: EVENT_TYPES,
  };
  const present = (await list()).find(webhook => webhook.url === url);
  if (!present) {
    await http.request({
      method: 'POST',
      path: '',
      json: wanted,
      action: 'create the webhook of the portal',
    });
    return 'created';
  }
  const { data: stored } = await http.request({
    method: 'GET',
    path: `/${present.id}/secret`,
    expect: z.object({ value: z.string().nullish() }),
    action: 'read the webhook of the portal',
  });
  const same =
    present.enabled &&
    // Not every version tells the algorithm.
    (present.algorithm ?? wanted.algorithm) === wanted.algorithm &&
    EVENT_TYPES.every(type => present.eventTypes?.includes(type)) &&
    present.eventTypes?.length === EVENT_TYPES.length &&
    stored.value === secret;
  if (same) return 'was there already';
  await http.request({
    method: 'PUT',
    path: `/${present.id}`,
    json: wanted,
    action: 'change the webhook of the portal',
  });
  return 'updated';
}
