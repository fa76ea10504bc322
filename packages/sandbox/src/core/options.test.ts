import { parseOptions, portOf, SERVICE_NAMES } from './options';

const parse = (...argv: string[]) => parseOptions(argv, '/srv/formulary');

describe('parseOptions', () => {
  it('starts everything on the usual ports when it is told nothing', () => {
    expect(parse()).toEqual({
      directory: '/srv/formulary/.sandbox',
      portBase: 7200,
      portalPort: 7007,
      services: [...SERVICE_NAMES],
      postgres: true,
      credentialsOnly: false,
      stopWithParent: false,
    });
  });

  it('takes every flag', () => {
    expect(
      parse(
        ...['--directory', '/data/sandbox', '--port-base', '17200'],
        ...['--portal-port', '8080', '--only', 'keycloak, gitea'],
        ...['--no-postgres', '--stop-with-parent', '--credentials-only'],
      ),
    ).toEqual({
      directory: '/data/sandbox',
      portBase: 17200,
      portalPort: 8080,
      services: ['keycloak', 'gitea'],
      postgres: false,
      credentialsOnly: true,
      stopWithParent: true,
    });
  });

  it('leaves the stand-in for a Keycloak that runs elsewhere out', () => {
    const options = parse('--keycloak-url', 'http://localhost:8080/');
    expect(options.keycloakUrl).toBe('http://localhost:8080');
    expect(options.services).not.toContain('keycloak');
    expect(() => parse('--keycloak-url', 'localhost')).toThrow(
      '--keycloak-url wants an http(s) address, not "localhost"',
    );
  });

  it.each([
    ['--port-base', '80'],
    ['--port-base', '65500'],
    ['--port-base', '7200.5'],
    ['--portal-port', 'http'],
  ])('names the flag %s when its port is %s', (flag, value) => {
    expect(() => parse(flag, value)).toThrow(
      `${flag} wants a port between 1024 and 65000, not "${value}"`,
    );
  });

  it('lists the services when --only names another one', () => {
    expect(() => parse('--only', 'keycloak,jira')).toThrow(
      '--only knows keycloak, gitea, coder, mattermost, twenty; "jira" is none of them',
    );
  });

  it('refuses a flag that there is not', () => {
    expect(() => parse('--fast')).toThrow('--fast');
  });
});

describe('portOf', () => {
  it('counts the services, the control API and PostgreSQL from the base', () => {
    const parts = [...SERVICE_NAMES, 'control', 'postgres'] as const;
    expect(
      Object.fromEntries(parts.map(part => [part, portOf(part, 7200)])),
    ).toEqual({
      keycloak: 7201,
      gitea: 7202,
      coder: 7203,
      mattermost: 7204,
      twenty: 7205,
      control: 7206,
      postgres: 7232,
    });
  });
});
