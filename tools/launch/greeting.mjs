import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sandbox } from './paths.mjs';

/** Rows as text with aligned columns. */
export function table(rows) {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  return rows
    .map(row =>
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('   ')}`.trimEnd(),
    )
    .join('\n');
}

/** What a person reads when everything runs. */
export function greeting() {
  const { portal, people } = JSON.parse(
    readFileSync(join(sandbox, 'credentials.json'), 'utf8'),
  );
  return `
Formulary is ready: ${portal.url}

${table([
  ['username', 'password', 'organisation', 'role'],
  ...people.map(({ username, password, organisation, role }) => [
    username,
    password,
    organisation,
    role,
  ]),
])}

  1. Open ${
    portal.url
  }, choose "Sign in with Keycloak" and sign in as one of them,
     or choose "Register" there with an address at acme.example or globex.example.
  2. On the home page, see your tools being prepared.
  3. Open Formulas, pick "Full-stack development" and choose "Use this formula".

Ctrl-C stops everything; your data stays. "npm start -- --reset" starts over.
`;
}
