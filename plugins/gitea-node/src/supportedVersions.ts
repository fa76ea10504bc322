import { SupportedVersions } from '@formulary/service-client-node';

/**
 * The versions of Gitea that Formulary works with.
 *
 * Users tell their login source from 1.22 on (go-gitea/gitea pull request 29718):
 * without it an account that is linked elsewhere looks like a local one.
 *
 * @public
 */
export const giteaVersions: SupportedVersions = { from: '1.22', below: '2' };
