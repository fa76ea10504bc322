import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Lets somebody see what other people may do, and why. Everybody may see it of themselves.
 *
 * @public
 */
export const accessReadPermission = createPermission({
  name: 'access.read',
  attributes: { action: 'read' },
});

/**
 * Every permission of the access plugin.
 *
 * @public
 */
export const accessPermissions = [accessReadPermission];
