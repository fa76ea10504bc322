import { createServer } from 'node:http';
import { once } from 'node:events';

const USERS = 10_000;
const ORGANIZATIONS = 100;
const ROLES = 9;

/** Each person has that many roles in their organisation. */
const ROLES_EACH = 3;

const CREATED_AT = 1_700_000_000_000;

const organizations = Array.from({ length: ORGANIZATIONS }, (_, number) => ({
  id: `organization-${number}`,
  name: `Tenant ${number}`,
  description: null,
  customData: {},
  createdAt: CREATED_AT + number,
}));

const organizationRoles = Array.from({ length: ROLES }, (_, number) => ({
  id: `organization-role-${number}`,
  name: `role${number}`,
}));

/** As `userInfoSelectFields` of Logto shows them. */
const users = Array.from({ length: USERS }, (_, number) => ({
  id: `user${String(number).padStart(8, '0')}`,
  username: `person${String(number).padStart(5, '0')}`,
  primaryEmail: `person${number}@tenant${number % ORGANIZATIONS}.example`,
  primaryPhone: null,
  name: `Person Number ${number}`,
  avatar: null,
  customData: {},
  identities: {},
  lastSignInAt: CREATED_AT,
  createdAt: CREATED_AT,
  updatedAt: CREATED_AT,
  profile: {},
  applicationId: null,
  isSuspended: false,
}));

/** Lists by path. */
const lists = new Map([
  ['/users', users],
  ['/organizations', organizations],
  ['/organization-roles', organizationRoles],
  ['/roles', [{ id: 'role-developer', name: 'developer' }]],
  ['/roles/role-developer/users', users.filter((_, number) => number % 2)],
  ...organizations.map(({ id }) => [`/organizations/${id}/users`, []]),
]);
for (const [number, user] of users.entries()) {
  const nth = Math.floor(number / ORGANIZATIONS);
  const roles = Array.from(
    { length: ROLES_EACH },
    (_, role) => organizationRoles[(nth + role) % ROLES],
  );
  lists
    .get(`/organizations/organization-${number % ORGANIZATIONS}/users`)
    .push({ ...user, organizationRoles: roles });
}

/** Paths of all lists that a complete reading asks for. */
export const everyList = [
  '/users',
  '/organizations',
  ...organizations.map(({ id }) => `/organizations/${id}/users`),
  '/roles',
  '/roles/role-developer/users',
];

/** Serves 10,000 people and 100 organisations with 9 roles each in Logto's way. @returns its address */
export async function serve() {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    response.setHeader('Content-Type', 'application/json');
    if (!url.pathname.startsWith('/api')) {
      response.end('{"access_token":"token","expires_in":3600}');
      return;
    }
    const list = lists.get(url.pathname.slice('/api'.length)) ?? [];
    const size = Number(url.searchParams.get('page_size'));
    const first = (Number(url.searchParams.get('page')) - 1) * size;
    response.setHeader('Total-Number', String(list.length));
    response.end(JSON.stringify(list.slice(first, first + size)));
  });
  // The benchmark ends without waiting for it.
  server.unref();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}`;
}
