import { resolve } from 'node:path';
import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { SHARED } from '@formulary/plugin-organization-sync-node';
import { organizationRef } from './organization';

const organizationsSchema = z.strictObject({
  platform: z.array(z.string().min(1)).default([]),
  locations: z
    .array(
      z.strictObject({
        target: z.string().min(1),
        organization: z.string().min(1),
      }),
    )
    .default([]),
});

const locationsSchema = z
  .array(z.object({ type: z.string(), target: z.string() }))
  .default([]);

const KEY = 'catalog.organizations';

/** What the config says of organisations; `config.d.ts` says what each key means. */
export interface OrganizationSettings {
  /** Refs of the organisations that run the portal. */
  platform: Set<string>;
  /** Organisations by location, the longest target first. */
  locations: Array<{ target: string; organization: string }>;
  /** Locations of the config, as `type:target`: what they bring was not registered by a person. */
  configured: Set<string>;
}

/**
 * Reads `catalog.organizations` and `catalog.locations`.
 *
 * @throws InputError that names the key which is wrong
 */
export function readOrganizationSettings(
  config: RootConfigService,
): OrganizationSettings {
  const result = organizationsSchema.safeParse(config.getOptional(KEY) ?? {});
  if (!result.success) {
    throw new InputError(`${KEY} is wrong: ${z.prettifyError(result.error)}`);
  }
  const { platform, locations } = result.data;
  if (platform.includes(SHARED)) {
    throw new InputError(
      `${KEY}.platform wants aliases of organisations, not "${SHARED}"`,
    );
  }
  const configured = locationsSchema.parse(
    config.getOptional('catalog.locations') ?? [],
  );
  return {
    platform: new Set(platform.map(organizationRef)),
    locations: locations
      .map(({ target, organization }) => ({
        target: target.replace(/\/+$/, ''),
        organization: organizationRef(organization),
      }))
      .sort((a, b) => b.target.length - a.target.length),
    configured: new Set(
      // The catalog's ConfigLocationEntityProvider makes paths absolute like this.
      configured.map(({ type, target }) =>
        type === 'file' ? `${type}:${resolve(target)}` : `${type}:${target}`,
      ),
    ),
  };
}
