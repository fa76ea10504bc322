import express from 'express';
import Router from 'express-promise-router';
import { AdminContext } from './admin-context';
import { adminErrors, found, notFound } from './errors';
import { createGroupsRouter } from './groups';
import { createOrganizationMembersRouter } from './organization-members';
import { createOrganizationsRouter } from './organizations';
import { page, text } from './query';
import { roleRepresentation, userRepresentation } from './representations';
import { createUserMembershipsRouter } from './user-memberships';
import { createUsersRouter } from './users';

/** Version that the stand-in answers with. */
export const SERVER_VERSION = '26.4.0';

/** What the Admin API is made of. */
export interface AdminRouterOptions extends AdminContext {
  requireAdmin: express.RequestHandler;
  log(message: string): void;
}

/** The Admin REST API: `/admin/*`. */
export function createAdminRouter(options: AdminRouterOptions): express.Router {
  const { realm } = options;
  const router = Router();
  router.use(options.requireAdmin);

  router.get('/serverinfo', (_request, response) => {
    response.json({
      systemInfo: {
        version: SERVER_VERSION,
        serverTime: new Date().toString(),
        uptime: `${Math.round(process.uptime())} seconds`,
      },
    });
  });

  router.use('/realms/:realm', (request, _response, next) => {
    found(
      request.params.realm === realm.name ? realm : undefined,
      'Realm not found.',
    );
    next();
  });

  const below = Router();
  router.use(`/realms/${realm.name}`, below);
  below.use('/organizations', createOrganizationMembersRouter(options));
  below.use(express.json({ limit: '256kb' }));

  below.get('/', (_request, response) => {
    response.json({
      id: realm.id,
      realm: realm.name,
      enabled: true,
      registrationAllowed: true,
      loginWithEmailAllowed: true,
      duplicateEmailsAllowed: false,
      organizationsEnabled: true,
    });
  });
  below.use('/users', createUserMembershipsRouter(options));
  below.use('/users', createUsersRouter(options));
  below.use('/groups', createGroupsRouter(options));
  below.use('/organizations', createOrganizationsRouter(options));

  below.get('/roles', (request, response) => {
    const wanted = text(request, 'search')?.toLowerCase() ?? '';
    const roles = realm.roles
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
    response.json(
      page(request, roles, -1).map(role => roleRepresentation(realm, role)),
    );
  });

  const role = (request: express.Request) =>
    found(realm.roles.find('name', request.params.name), 'Could not find role');

  below.get('/roles/:name', (request, response) => {
    response.json(roleRepresentation(realm, role(request)));
  });

  below.get('/roles/:name/users', (request, response) => {
    const { name } = role(request);
    const users = realm.users
      .all()
      .filter(({ realmRoles }) => realmRoles.includes(name));
    response.json(
      page(request, users, 100).map(user => userRepresentation(user)),
    );
  });

  router.use(() => {
    throw notFound();
  });
  router.use(adminErrors(options.log));
  return router;
}
