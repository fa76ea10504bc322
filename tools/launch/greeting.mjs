import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sandbox } from './paths.mjs';
import { table } from './table.mjs';

/** What a person reads when everything runs: where, as whom, and what to click. */
export function greeting(
  credentials = JSON.parse(
    readFileSync(join(sandbox, 'credentials.json'), 'utf8'),
  ),
) {
  const { portal, people } = credentials;
  const rows = people.map(({ username, password, organisation, role }) => [
    username,
    password,
    organisation,
    role,
  ]);
  return `
Formulary is ready: ${portal.url}

${table([['username', 'password', 'organisation', 'role'], ...rows])}

  1. Open ${
    portal.url
  }, choose "Sign in with Keycloak" and sign in as one of them,
     or choose "Register" there with an address at acme.example or globex.example.
  2. On the home page, see your tools being prepared.
  3. Open Formulas, pick "Full-stack development" and choose "Use this formula".

Ctrl-C stops everything; your data stays. "npm start -- --reset" starts over.
`;
}
