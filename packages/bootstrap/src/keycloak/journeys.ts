import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { BootstrapError } from '../BootstrapError';
import { Report } from '../report';
import { Settings } from '../settings';
import { signIn } from './bootstrapKeycloak';
import { explained } from './explain';
import { ensureGroup } from './organisations';
import { ensurePerson, giveNumbers } from './people';

/** The people of packages/e2e who are there before a journey starts. */
const PEOPLE = [
  { username: 'bob', lastName: 'Tanaka', organisation: 'acme' },
  { username: 'carol', lastName: 'Okafor', organisation: 'acme' },
  { username: 'hugo', lastName: 'Lindqvist', organisation: 'globex' },
  { username: 'ivy', lastName: 'Chen', organisation: 'globex' },
];

const fileSchema = z.object({
  people: z.array(z.object({ username: z.string(), password: z.string() })),
});

/**
 * Makes the people of the journeys, and the file that `FORMULARY_E2E_CREDENTIALS`
 * names. A password that the file has stays.
 *
 * @param portal - what `portal.env` holds
 * @throws BootstrapError when the organisations of the journeys are not there
 */
export async function prepareJourneys(
  settings: Settings<'keycloak'>,
  portal: Record<string, string>,
  file: string,
  report: Report,
): Promise<void> {
  const realm = settings.KEYCLOAK_REALM;
  for (const { organisation } of PEOPLE) {
    if (!settings.ORGANISATIONS.some(({ alias }) => alias === organisation)) {
      throw new BootstrapError(
        `The journeys need the organisation ${organisation}. Add ${organisation}=${organisation}.example to ORGANISATIONS and run the bootstrap`,
      );
    }
  }
  const before = existsSync(file)
    ? fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).people
    : [];
  const admin = await signIn(settings);
  const people = PEOPLE.map(person => ({
    ...person,
    firstName: person.username[0].toUpperCase() + person.username.slice(1),
    email: `${person.username}@${person.organisation}.example`,
    role: 'developer',
    password:
      before.find(({ username }) => username === person.username)?.password ??
      `Aa1-${randomBytes(12).toString('hex')}`,
  }));
  // Before anybody is made: a password that is not in the file is lost.
  write(file, journeys(settings, portal, people));
  await explained(
    settings.KEYCLOAK_URL,
    'make the people of the journeys',
    async () => {
      for (const person of people) {
        const { id } = await ensureGroup(admin, realm, person.organisation);
        report.say(
          'Keycloak',
          `person ${person.username}`,
          await ensurePerson(admin, realm, { ...person, groupIds: [id] }),
        );
      }
      await giveNumbers(admin, realm);
    },
  );
  report.note(`The journeys' credentials are in ${file}`);
}

/** As far as the journeys read it, what `credentials.json` of the sandbox is. */
function journeys(
  settings: Settings<'keycloak'>,
  portal: Record<string, string>,
  people: object[],
) {
  return {
    portal: { url: settings.PORTAL_URL },
    people,
    services: {
      keycloak: {
        url: settings.KEYCLOAK_URL,
        realm: settings.KEYCLOAK_REALM,
        issuer: portal.OIDC_ISSUER,
      },
      gitea: {
        url: portal.GITEA_URL,
        host: portal.GITEA_HOST,
        token: portal.GITEA_TOKEN,
        username: portal.GITEA_USERNAME,
      },
      coder: { url: portal.CODER_URL, token: portal.CODER_TOKEN },
      mattermost: {
        url: portal.MATTERMOST_URL,
        token: portal.MATTERMOST_TOKEN,
      },
      twenty: { url: portal.TWENTY_URL, token: portal.TWENTY_TOKEN },
    },
  };
}

function write(file: string, content: object): void {
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, {
    mode: 0o600,
  });
  renameSync(draft, file);
}
