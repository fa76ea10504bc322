import { Things } from '../things';
import { KnownRoutes, reviewed } from './KnownRoute';
import { entityRef, id, userRef } from './references';

const role = ({ organization }: Things) => ({
  kind: 'role',
  namespace: 'default',
  name: organization,
});
const condition = (things: Things) => ({
  result: 'CONDITIONAL',
  roleEntityRef: `role:default/${things.organization}`,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  permissionMapping: [{ name: 'catalog.entity.read', action: 'read' }],
  conditions: {
    rule: 'IS_ENTITY_KIND',
    resourceType: 'catalog-entity',
    params: { kinds: ['component'] },
  },
});
const policy = ({ organization }: Things) => ({
  entityReference: `role:default/${organization}`,
  permission: 'catalog-entity',
  policy: 'read',
  effect: 'allow',
});

/** Decisions, roles, policies (plugin-rbac-backend). */
export const permission: KnownRoutes = {
  'USE /api/permission': reviewed,
  'GET /api/permission/': reviewed,
  'GET /api/permission/health': { public: 'health of the plugin' },
  'POST /api/permission/authorize': {
    body: things => ({
      items: [
        {
          id: '1',
          permission: {
            type: 'resource',
            name: 'catalog.entity.read',
            attributes: { action: 'read' },
            resourceType: 'catalog-entity',
          },
          resourceRef: entityRef(things),
        },
      ],
    }),
  },
  'GET /api/permission/plugins/condition-rules': reviewed,
  'GET /api/permission/plugins/id': reviewed,
  'POST /api/permission/plugins/id': { body: () => ({ ids: ['x'] }) },
  'DELETE /api/permission/plugins/id': { body: () => ({ ids: ['x'] }) },
  'GET /api/permission/plugins/policies': reviewed,
  'GET /api/permission/policies': reviewed,
  'POST /api/permission/policies': { body: things => [policy(things)] },
  'GET /api/permission/policies/:kind/:namespace/:name': { params: role },
  'PUT /api/permission/policies/:kind/:namespace/:name': {
    params: role,
    body: things => ({
      oldPolicy: [policy(things)],
      newPolicy: [{ ...policy(things), policy: 'delete' }],
    }),
  },
  'DELETE /api/permission/policies/:kind/:namespace/:name': {
    params: role,
    body: things => [policy(things)],
  },
  'POST /api/permission/refresh/:id': { params: id('organization') },
  'GET /api/permission/roles': reviewed,
  'POST /api/permission/roles': {
    body: things => ({
      memberReferences: [userRef(things)],
      name: `role:default/${things.organization}`,
    }),
  },
  'GET /api/permission/roles/:kind/:namespace/:name': { params: role },
  'PUT /api/permission/roles/:kind/:namespace/:name': {
    params: role,
    body: things => ({
      oldRole: { memberReferences: [userRef(things)] },
      newRole: { memberReferences: ['user:default/hugo'] },
    }),
  },
  'DELETE /api/permission/roles/:kind/:namespace/:name': { params: role },
  'GET /api/permission/roles/conditions': reviewed,
  'POST /api/permission/roles/conditions': { body: condition },
  'GET /api/permission/roles/conditions/:id': {
    params: () => ({ id: '1' }),
  },
  'PUT /api/permission/roles/conditions/:id': {
    params: () => ({ id: '1' }),
    body: condition,
  },
  'DELETE /api/permission/roles/conditions/:id': {
    params: () => ({ id: '1' }),
  },
};
