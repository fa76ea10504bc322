import type { AccessReport } from '@formulary/plugin-access-common';

/** A developer who may do one thing, some of another, and not a third. */
export const bob: AccessReport = {
  userRef: 'user:default/bob',
  displayName: 'Bob Tanaka',
  isSuperUser: false,
  isDisabled: false,
  groups: [
    {
      ref: 'group:default/acme-developers',
      title: 'Developers',
      isOrganisation: false,
      path: ['group:default/acme-developers'],
    },
    {
      ref: 'group:default/acme',
      title: 'Acme',
      isOrganisation: true,
      path: ['group:default/acme-developers', 'group:default/acme'],
    },
  ],
  roles: [
    {
      ref: 'role:default/developer',
      source: 'csv-file',
      members: [
        {
          ref: 'group:default/acme',
          path: ['group:default/acme-developers', 'group:default/acme'],
        },
      ],
    },
  ],
  permissions: [
    {
      plugin: 'catalog',
      name: 'catalog.entity.create',
      action: 'create',
      outcome: 'allow',
      reasons: [
        {
          role: 'role:default/developer',
          effect: 'allow',
          line: 'p, role:default/developer, catalog.entity.create, create, allow',
        },
      ],
    },
    {
      plugin: 'catalog',
      name: 'catalog.entity.read',
      action: 'read',
      resourceType: 'catalog-entity',
      outcome: 'conditional',
      reasons: [
        {
          role: 'role:default/developer',
          effect: 'conditional',
          line: 'role:default/developer: catalog-entity [catalog.entity.read]',
          condition: 'of their organisation or shared with all',
        },
      ],
    },
    {
      plugin: 'provisioning',
      name: 'provisioning.runs.read',
      action: 'read',
      outcome: 'deny',
      reasons: [],
    },
  ],
  formulas: [
    {
      ref: 'formula:default/fullstack',
      kind: 'formula',
      title: 'Full stack',
      isShared: true,
    },
  ],
  unread: [],
};
