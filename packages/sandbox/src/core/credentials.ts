import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { people } from './people';
import { portOf, SandboxOptions } from './options';

const oidcClient = z.object({ clientId: z.string(), clientSecret: z.string() });

const credentialsSchema = z.object({
  portal: z.object({ url: z.string(), sessionSecret: z.string() }),
  people: z.array(
    z.object({
      username: z.string(),
      password: z.string(),
      email: z.string(),
      organisation: z.string(),
      role: z.string(),
    }),
  ),
  services: z.object({
    keycloak: oidcClient.extend({
      url: z.string(),
      realm: z.string(),
      issuer: z.string(),
      webhookSecret: z.string(),
    }),
    gitea: z.object({
      url: z.string(),
      host: z.string(),
      token: z.string(),
      username: z.string(),
      oauthSourceId: z.number(),
      login: oidcClient,
    }),
    coder: z.object({ url: z.string(), token: z.string(), login: oidcClient }),
    mattermost: z.object({
      url: z.string(),
      token: z.string(),
      login: oidcClient,
    }),
    twenty: z.object({ url: z.string(), token: z.string(), login: oidcClient }),
  }),
  postgres: z.object({
    host: z.string(),
    port: z.number(),
    user: z.string(),
    password: z.string(),
  }),
  control: z.object({ url: z.string() }),
});

/** Content of `credentials.json`: every address and secret of one sandbox. */
export type SandboxCredentials = z.infer<typeof credentialsSchema>;

const secret = () => randomBytes(24).toString('base64url');

function generate(options: SandboxOptions): SandboxCredentials {
  const url = (part: Parameters<typeof portOf>[0]) =>
    `http://localhost:${portOf(part, options.portBase)}`;
  const login = (clientId: string) => ({ clientId, clientSecret: secret() });
  const keycloakUrl = options.keycloakUrl ?? url('keycloak');
  return {
    portal: {
      url: `http://localhost:${options.portalPort}`,
      sessionSecret: secret(),
    },
    people: people.map(({ username, email, organisation, role }) => ({
      username,
      // Short enough to type from the terminal, different in every clone.
      password: `${username}-${randomBytes(4).toString('hex')}`,
      email,
      organisation,
      role,
    })),
    services: {
      keycloak: {
        url: keycloakUrl,
        realm: 'formulary',
        issuer: `${keycloakUrl}/realms/formulary`,
        ...login('formulary'),
        webhookSecret: secret(),
      },
      gitea: {
        url: url('gitea'),
        host: new URL(url('gitea')).host,
        // Gitea's access tokens are 40 hexadecimal characters.
        token: randomBytes(20).toString('hex'),
        username: 'formulary-bot',
        oauthSourceId: 1,
        login: login('gitea'),
      },
      coder: {
        url: url('coder'),
        // Coder's session tokens are `<10 characters>-<22 characters>`.
        token: `${randomBytes(5).toString('hex')}-${randomBytes(11).toString(
          'hex',
        )}`,
        login: login('coder'),
      },
      mattermost: {
        url: url('mattermost'),
        // Mattermost's ids and tokens are 26 characters of lower-case base32.
        token: randomUUID().replace(/-/g, '').slice(0, 26),
        login: login('mattermost'),
      },
      twenty: { url: url('twenty'), token: secret(), login: login('twenty') },
    },
    postgres: {
      host: '127.0.0.1',
      port: portOf('postgres', options.portBase),
      user: 'formulary',
      password: secret(),
    },
    control: { url: url('control') },
  };
}

/**
 * Reads `credentials.json`, or makes it on the first start.
 *
 * The file is written with mode 600 and replaced atomically; what it holds is
 * random per clone. Addresses follow the options of this start, secrets stay.
 *
 * @throws Error when the file exists but is damaged: it names the file and what to do
 */
export function loadCredentials(options: SandboxOptions): SandboxCredentials {
  mkdirSync(options.directory, { recursive: true });
  const file = join(options.directory, 'credentials.json');
  // In the order of the schema, as it comes back from the file: what is unchanged is not written again.
  const fresh = credentialsSchema.parse(generate(options));
  let credentials = fresh;
  let text: string | undefined;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  if (text !== undefined) {
    const stored = parse(text, file);
    const { services } = stored;
    credentials = {
      ...stored,
      portal: { ...stored.portal, url: fresh.portal.url },
      services: {
        keycloak: {
          ...services.keycloak,
          url: fresh.services.keycloak.url,
          issuer: fresh.services.keycloak.issuer,
        },
        gitea: {
          ...services.gitea,
          url: fresh.services.gitea.url,
          host: fresh.services.gitea.host,
        },
        coder: { ...services.coder, url: fresh.services.coder.url },
        mattermost: {
          ...services.mattermost,
          url: fresh.services.mattermost.url,
        },
        twenty: { ...services.twenty, url: fresh.services.twenty.url },
      },
      postgres: { ...stored.postgres, port: fresh.postgres.port },
      control: fresh.control,
    };
  }
  const written = `${JSON.stringify(credentials, null, 2)}\n`;
  if (written !== text) {
    const draft = `${file}.new`;
    writeFileSync(draft, written, { mode: 0o600 });
    renameSync(draft, file);
  }
  return credentials;
}

function parse(text: string, file: string): SandboxCredentials {
  try {
    return credentialsSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `${file} is damaged. Start over with "npm start -- --reset", which makes a new one`,
      { cause: error },
    );
  }
}
