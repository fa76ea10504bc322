import { SupportedVersions } from '@formulary/service-client-node';

/**
 * The versions of Twenty that Formulary works with.
 *
 * From 1.0 on, API keys have roles; 2.43 is what the contract suite was written
 * for. Where a server does not tell its version, its schema is asked instead.
 *
 * @public
 */
export const twentyVersions: SupportedVersions = { from: '1.0', below: '3' };
