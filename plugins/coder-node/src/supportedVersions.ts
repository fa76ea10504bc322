import { SupportedVersions } from '@formulary/service-client-node';

/**
 * The versions of Coder that Formulary works with.
 *
 * Wrong parameters are told one by one since dynamic parameters became the
 * default in 2.24 (`coderd/dynamicparameters/error.go`).
 *
 * @public
 */
export const coderVersions: SupportedVersions = { from: '2.24', below: '3' };
