import { createServer } from 'node:http';
import { once } from 'node:events';

const USERS = 10_000;
const ORGANIZATIONS = 10;
const TEAMS = 99;

/** Each person is in that many groups. */
const GROUPS_EACH = 3;

const organizations = Array.from({ length: ORGANIZATIONS }, (_, number) => ({
  id: `organization-${number}`,
  alias: `tenant${number}`,
  name: `Tenant ${number}`,
}));

const topGroups = organizations.map(({ alias }, number) => ({
  id: `group-${number}`,
  name: alias,
  path: `/${alias}`,
  subGroupCount: TEAMS,
}));

/** Every organisation's teams have the same names. */
const teamsOf = ({ id, path }) =>
  Array.from({ length: TEAMS }, (_, number) => ({
    id: `${id}-${number}`,
    name: `team${number}`,
    path: `${path}/team${number}`,
    subGroupCount: 0,
  }));

const groups = [...topGroups, ...topGroups.flatMap(teamsOf)];

const users = Array.from({ length: USERS }, (_, number) => ({
  id: `user-${String(number).padStart(8, '0')}`,
  username: `person${String(number).padStart(5, '0')}`,
  email: `person${number}@tenant${number % ORGANIZATIONS}.example`,
  firstName: 'Person',
  lastName: `Number ${number}`,
  emailVerified: true,
  enabled: true,
  createdTimestamp: 1_700_000_000_000,
  access: { view: true, manage: false },
}));

/** Members by list. */
const members = new Map();
for (const [number, user] of users.entries()) {
  const tenant = number % ORGANIZATIONS;
  const add = key => members.set(key, [...(members.get(key) ?? []), user]);
  add(`/organizations/organization-${tenant}/members`);
  for (let group = 0; group < GROUPS_EACH; group += 1) {
    const team = (Math.floor(number / ORGANIZATIONS) + group) % TEAMS;
    add(`/groups/group-${tenant}-${team}/members`);
  }
  if (number % 2) add('/roles/developer/users');
}

/** Lists by path. */
const lists = new Map([
  ...members,
  ['/users', users],
  ['/groups', topGroups],
  ['/organizations', organizations],
  ['/roles', [{ name: 'developer' }]],
  ...topGroups.map(group => [`/groups/${group.id}/children`, teamsOf(group)]),
]);

/** What is answered without pages. */
const singles = new Map([
  ['', { organizationsEnabled: true }],
  ['/users/count', users.length],
  ['/groups/count', { count: groups.length }],
]);

/** Paths of all lists that a complete reading asks for. */
export const everyList = [
  '/users',
  '/groups',
  ...topGroups.map(({ id }) => `/groups/${id}/children`),
  ...groups.map(({ id }) => `/groups/${id}/members`),
  '/organizations',
  ...organizations.map(({ id }) => `/organizations/${id}/members`),
  '/roles',
  '/roles/developer/users',
];

const REALM = '/admin/realms/bench';

/** Serves a realm of 10,000 people, 1,000 groups and 10 organisations in Keycloak's way. @returns its address */
export async function serve() {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    response.setHeader('Content-Type', 'application/json');
    if (!url.pathname.startsWith(REALM)) {
      response.end('{"access_token":"token","expires_in":3600}');
      return;
    }
    const path = url.pathname.slice(REALM.length);
    const first = Number(url.searchParams.get('first'));
    const max = Number(url.searchParams.get('max'));
    const answer = singles.has(path)
      ? singles.get(path)
      : (lists.get(path) ?? []).slice(first, first + max);
    response.end(JSON.stringify(answer));
  });
  // The benchmark ends without waiting for it.
  server.unref();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}`;
}
