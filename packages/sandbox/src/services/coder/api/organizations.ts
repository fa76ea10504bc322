import express from 'express';
import Router from 'express-promise-router';
import { forbidden } from '../answers';
import { Coder } from '../Coder';
import { memberView, organizationView } from '../views';

/** `/organizations` and their members (coderd/organizations.go, members.go). */
export function organizationsApi(coder: Coder): express.Router {
  const router = Router();
  const { users, organizations } = coder.state;

  router.get('/organizations', (request, response) => {
    coder.authenticate(request);
    response.json(organizations.all().map(organizationView));
  });

  router.get('/organizations/:organization', (request, response) => {
    coder.authenticate(request);
    response.json(
      organizationView(coder.organization(request.params.organization)),
    );
  });

  router.get('/organizations/:organization/members', (request, response) => {
    coder.authenticate(request);
    const organization = coder.organization(request.params.organization);
    response.json(
      users
        .filter(
          user =>
            !user.deleted && user.organizationIds.includes(organization.id),
        )
        .map(user => memberView(organization, user)),
    );
  });

  router.post(
    '/organizations/:organization/members/:user',
    (request, response) => {
      const caller = coder.authenticate(request);
      const organization = coder.organization(request.params.organization);
      const user = coder.user(request.params.user, caller);
      if (!caller.owner) throw forbidden();
      const member = users.put({
        ...user,
        organizationIds: [
          ...new Set([...user.organizationIds, organization.id]),
        ],
      });
      response.json(memberView(organization, member));
    },
  );

  return router;
}
