import { LogtoClient } from '@formulary/plugin-logto-node';
import {
  EventTypes,
  OrganizationProvider,
  ProviderServices,
} from '@formulary/plugin-organization-sync-node';
import { logtoNames, ProviderConfig } from './config';
import { LogtoPerson } from './LogtoPerson';
import { LogtoSource } from './LogtoSource';

/** Logto's `InteractionHookEvent`s and `DataHookEvent`s (`hooks.ts` of its schemas). */
const eventTypes: EventTypes = {
  source: 'logto',
  people:
    /^(PostRegister|User\.(Created|Data\.Updated|SuspensionStatus\.Updated|Deleted)|Organization\.Membership\.Updated)$/,
  groups: /^(Organization|OrganizationRole)\.(Created|Data\.Updated|Deleted)$/,
};

/** The people, organisations and roles of one Logto, as entities. */
export function createLogtoProvider(
  config: ProviderConfig,
  services: ProviderServices,
): OrganizationProvider<LogtoPerson> {
  const { concurrency } = config;
  return new OrganizationProvider(
    {
      names: logtoNames,
      settings: config,
      source: new LogtoSource(new LogtoClient(config, { concurrency }), config),
      eventTypes,
    },
    services,
  );
}
