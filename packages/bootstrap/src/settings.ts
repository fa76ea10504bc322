import { z } from 'zod';
import { BootstrapError } from './BootstrapError';

/** What the bootstrap prepares, in this order. */
export const SERVICES = [
  'keycloak',
  'gitea',
  'coder',
  'mattermost',
  'twenty',
] as const;

/** One of them. */
export type Service = (typeof SERVICES)[number];

const text = z.string().min(1);
const address = z
  .url({
    protocol: /^https?$/,
    error: 'must be an address such as https://git.example.com',
  })
  .transform(url => url.replace(/\/+$/, ''));
const secret = text.min(12, { error: 'must have 12 characters or more' });

/** `acme=acme.example,globex=globex.example` */
const organisations = text
  .regex(/^[a-z0-9-]+=[a-z0-9.-]+(,[a-z0-9-]+=[a-z0-9.-]+)*$/, {
    error: 'must be like acme=acme.example,globex=globex.example',
  })
  .transform(list =>
    list.split(',').map(entry => {
      const [alias, domain] = entry.split('=');
      return { alias, domain };
    }),
  );

const realm = z.object({ KEYCLOAK_URL: address, KEYCLOAK_REALM: text });

const schemas = {
  portal: z.object({
    PORTAL_URL: address,
    AUTH_SESSION_SECRET: secret,
    SUPPORT_CONTACT: text,
    PLATFORM_ADMIN_GROUP: text.regex(/^group:default\/[a-z0-9-]+$/, {
      error: 'must be like group:default/platform',
    }),
    POSTGRES_HOST: text,
    POSTGRES_PORT: z.coerce.number().int().positive(),
    POSTGRES_USER: text,
    POSTGRES_PASSWORD: text,
  }),
  keycloak: realm.extend({
    PORTAL_URL: address,
    PLATFORM_ADMIN_GROUP: text,
    KEYCLOAK_ADMIN_USERNAME: text,
    KEYCLOAK_ADMIN_PASSWORD: text,
    KEYCLOAK_WEBHOOK_SECRET: secret,
    KEYCLOAK_CLIENT_SECRET: secret,
    OIDC_CLIENT_SECRET: secret,
    GITEA_URL: address,
    GITEA_LOGIN_SECRET: secret,
    CODER_URL: address,
    CODER_LOGIN_SECRET: secret,
    MATTERMOST_URL: address,
    MATTERMOST_LOGIN_SECRET: secret,
    TWENTY_URL: address,
    TWENTY_LOGIN_SECRET: secret,
    ORGANISATIONS: organisations,
    SMTP_HOST: text.optional(),
    SMTP_PORT: z.coerce.number().int().positive().default(1025),
    SMTP_FROM: text.default('formulary@formulary.localhost'),
    FIRST_PERSON_USERNAME: text.optional(),
    FIRST_PERSON_EMAIL: z.email().optional(),
    FIRST_PERSON_PASSWORD: secret.optional(),
  }),
  gitea: realm.extend({
    GITEA_URL: address,
    GITEA_ADMIN_USERNAME: text,
    GITEA_ADMIN_PASSWORD: text,
    GITEA_ADMIN_EMAIL: z.email(),
    GITEA_LOGIN_SECRET: secret,
    GITEA_CLI: text.optional(),
    GITEA_OAUTH_SOURCE_ID: z.coerce.number().int().positive().optional(),
  }),
  coder: z.object({
    CODER_URL: address,
    CODER_ADMIN_USERNAME: text,
    CODER_ADMIN_EMAIL: z.email(),
    CODER_ADMIN_PASSWORD: text,
    CODER_TOKEN: text.optional(),
    FORMULAS_DIRECTORY: text.default('formulas'),
  }),
  mattermost: realm.extend({
    MATTERMOST_URL: address,
    MATTERMOST_ADMIN_USERNAME: text,
    MATTERMOST_ADMIN_EMAIL: z.email(),
    MATTERMOST_ADMIN_PASSWORD: text,
    MATTERMOST_TOKEN: text.optional(),
    MATTERMOST_SSO_MODE: z.enum(['gitlab', 'openid', 'email']),
    MATTERMOST_LOGIN_SECRET: secret,
  }),
  twenty: z.object({
    TWENTY_URL: address,
    TWENTY_ADMIN_EMAIL: z.email(),
    TWENTY_ADMIN_PASSWORD: text,
    TWENTY_WORKSPACE_NAME: text.default('Formulary'),
    TWENTY_TOKEN: text.optional(),
  }),
};

type Schemas = typeof schemas;

/** Settings of the portal or of one service, by the names of the variables. */
export type Settings<S extends keyof Schemas> = z.infer<Schemas[S]>;

/**
 * Reads the settings of the portal or of one service from the environment. An
 * empty variable is one that is not set.
 *
 * @throws BootstrapError that names every variable which is missing or wrong
 */
export function readSettings<S extends keyof Schemas>(
  part: S,
  env: Record<string, string | undefined>,
): Settings<S> {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value),
  );
  const result = schemas[part].safeParse(present);
  if (result.success) return result.data as Settings<S>;
  const problems = result.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return name in present ? `${name}: ${message}` : `${name} is missing`;
  });
  throw new BootstrapError(
    `The environment does not say how to prepare ${part}:\n${problems
      .map(problem => `  ${problem}`)
      .join('\n')}\ndeploy/compose/README.md lists the variables.`,
  );
}
