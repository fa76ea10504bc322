import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { memberDetails } from '../events/event';
import { RoleRow, UserRow } from '../model/rows';
import { AdminContext, record } from './admin-context';
import { badRequest, found } from './errors';
import { flag, page, text } from './query';
import { groupRepresentation, roleRepresentation } from './representations';

const rolesSchema = z.array(
  z.object({ id: z.string().optional(), name: z.string() }),
);

/** `/users/{id}/groups` and `/users/{id}/role-mappings`. */
export function createUserMembershipsRouter(
  context: AdminContext,
): express.Router {
  const { realm } = context;
  const router = Router();
  const user = (request: express.Request) =>
    found(realm.users.get(request.params.id), 'User not found');
  const group = (request: express.Request) =>
    found(realm.groups.get(request.params.groupId), 'Group not found');

  const groupsOf = (request: express.Request) => {
    const search = text(request, 'search')?.toLowerCase() ?? '';
    return realm
      .groupsOf(user(request))
      .filter(({ name }) => name.toLowerCase().includes(search))
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  };

  router.get('/:id/groups', (request, response) => {
    const brief = flag(request, 'briefRepresentation') ?? true;
    response.json(
      page(request, groupsOf(request), -1).map(row =>
        groupRepresentation(realm, row, brief),
      ),
    );
  });

  router.get('/:id/groups/count', (request, response) => {
    response.json({ count: groupsOf(request).length });
  });

  router.put('/:id/groups/:groupId', (request, response) => {
    const [row, target] = [user(request), group(request)];
    if (realm.joinGroup(row, target.id)) {
      record(context, response, {
        resourceType: 'GROUP_MEMBERSHIP',
        operationType: 'CREATE',
        resourcePath: `users/${row.id}/groups/${target.id}`,
        representation: groupRepresentation(realm, target, true),
        details: memberDetails(row),
      });
    }
    response.status(204).end();
  });

  router.delete('/:id/groups/:groupId', (request, response) => {
    const [row, target] = [user(request), group(request)];
    if (realm.leaveGroup(row, target.id)) {
      record(context, response, {
        resourceType: 'GROUP_MEMBERSHIP',
        operationType: 'DELETE',
        resourcePath: `users/${row.id}/groups/${target.id}`,
        representation: groupRepresentation(realm, target, true),
        details: memberDetails(row),
      });
    }
    response.status(204).end();
  });

  const rolesOf = (row: UserRow) =>
    realm.roles
      .filter(({ name }) => row.realmRoles.includes(name))
      .map(role => roleRepresentation(realm, role));

  router.get('/:id/role-mappings', (request, response) => {
    response.json({ realmMappings: rolesOf(user(request)) });
  });

  router.get(
    ['/:id/role-mappings/realm', '/:id/role-mappings/realm/composite'],
    (request, response) => {
      response.json(rolesOf(user(request)));
    },
  );

  const named = (request: express.Request): RoleRow[] => {
    const roles = rolesSchema.safeParse(request.body);
    if (!roles.success) throw badRequest('Cannot parse the JSON');
    return roles.data.map(({ name }) =>
      found(realm.roles.find('name', name), 'Role not found'),
    );
  };

  router.post('/:id/role-mappings/realm', (request, response) => {
    const row = user(request);
    const roles = named(request).map(({ name }) => name);
    const realmRoles = [...new Set([...row.realmRoles, ...roles])];
    realm.users.save({ ...row, realmRoles });
    record(context, response, {
      resourceType: 'REALM_ROLE_MAPPING',
      operationType: 'CREATE',
      resourcePath: `users/${row.id}/role-mappings/realm`,
      representation: request.body,
    });
    response.status(204).end();
  });

  router.delete('/:id/role-mappings/realm', (request, response) => {
    const row = user(request);
    const roles = named(request).map(({ name }) => name);
    const realmRoles = row.realmRoles.filter(role => !roles.includes(role));
    realm.users.save({ ...row, realmRoles });
    record(context, response, {
      resourceType: 'REALM_ROLE_MAPPING',
      operationType: 'DELETE',
      resourcePath: `users/${row.id}/role-mappings/realm`,
      representation: request.body,
    });
    response.status(204).end();
  });

  return router;
}
