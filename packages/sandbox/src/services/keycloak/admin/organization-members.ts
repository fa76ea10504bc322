import express from 'express';
import Router from 'express-promise-router';
import { AdminContext, created, record } from './admin-context';
import { memberDetails } from '../events/event';
import { badRequest, conflict, found } from './errors';
import { organization } from './organizations';
import { flag, page, text } from './query';
import {
  organizationRepresentation,
  userRepresentation,
} from './representations';

const DEFAULT_MAX = 10;

/** `/organizations/{id}/members` and `/organizations/members/{id}/organizations`. */
export function createOrganizationMembersRouter(
  context: AdminContext,
): express.Router {
  const { realm } = context;
  const router = Router();
  // An id stands in the body without quotes, and still calls itself JSON.
  const plainBody = express.text({ type: () => true, limit: '1kb' });

  const members = (request: express.Request) => {
    const wanted = text(request, 'search')?.toLowerCase() ?? '';
    return realm.users
      .inOrganization(organization(context, request).id)
      .filter(({ username, email, firstName, lastName }) =>
        [username, email, firstName, lastName].some(value =>
          value?.toLowerCase().includes(wanted),
        ),
      )
      .sort((a, b) => a.username.localeCompare(b.username, 'en'));
  };

  const member = (request: express.Request) =>
    found(members(request).find(({ id }) => id === request.params.userId));

  router.get(
    ['/members/:userId/organizations', '/:id/members/:userId/organizations'],
    (request, response) => {
      const user = found(realm.users.get(request.params.userId));
      const brief = flag(request, 'briefRepresentation') ?? true;
      response.json(
        realm
          .organizationsOf(user)
          .map(row => organizationRepresentation(row, brief)),
      );
    },
  );

  router.get('/:id/members', (request, response) => {
    response.json(
      page(request, members(request), DEFAULT_MAX).map(user => ({
        ...userRepresentation(user),
        membershipType: 'UNMANAGED',
      })),
    );
  });

  router.get('/:id/members/count', (request, response) => {
    response.json(members(request).length);
  });

  router.post('/:id/members', plainBody, (request, response) => {
    const row = organization(context, request);
    const userId = String(request.body).trim().replace(/^"|"$/g, '');
    const user = realm.users.get(userId);
    if (!user) throw badRequest('User does not exist');
    if (!realm.joinOrganization(user, row.id)) {
      throw conflict('User is already a member of the organization.');
    }
    record(context, response, {
      resourceType: 'ORGANIZATION_MEMBERSHIP',
      operationType: 'CREATE',
      // Keycloak 26.4 names the user in the details alone.
      resourcePath: `organizations/${row.id}/members`,
      representation: organizationRepresentation(row, true),
      details: memberDetails(user),
    });
    created(request, response, user.id);
  });

  router.get('/:id/members/:userId', (request, response) => {
    response.json({
      ...userRepresentation(member(request)),
      membershipType: 'UNMANAGED',
    });
  });

  router.delete('/:id/members/:userId', (request, response) => {
    const row = organization(context, request);
    const user = member(request);
    realm.leaveOrganization(user, row.id);
    record(context, response, {
      resourceType: 'ORGANIZATION_MEMBERSHIP',
      operationType: 'DELETE',
      resourcePath: `organizations/${row.id}/members/${user.id}`,
      representation: organizationRepresentation(row, true),
      details: memberDetails(user),
    });
    response.status(204).end();
  });

  return router;
}
