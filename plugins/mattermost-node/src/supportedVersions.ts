import { SupportedVersions } from '@formulary/service-client-node';

/**
 * The versions of Mattermost that Formulary works with.
 *
 * From the extended support release 10.5 to the 11 that the contract suite was
 * written for.
 *
 * @public
 */
export const mattermostVersions: SupportedVersions = {
  from: '10.5',
  below: '12',
};
