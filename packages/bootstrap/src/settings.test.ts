import { environment } from './__testUtils__/environment';
import { readSettings } from './settings';

describe('settings', () => {
  it('names every variable that is missing or wrong, and shows no value', () => {
    const read = () =>
      readSettings('gitea', {
        ...environment,
        GITEA_URL: 'git.example.com',
        GITEA_ADMIN_PASSWORD: '',
        GITEA_LOGIN_SECRET: 'short',
        GITEA_OAUTH_SOURCE_ID: 'one',
      });
    expect(read).toThrow(
      /GITEA_URL: must be an address[^]*GITEA_ADMIN_PASSWORD is missing[^]*GITEA_LOGIN_SECRET: must have 12 characters[^]*GITEA_OAUTH_SOURCE_ID: /,
    );
    expect(read).not.toThrow(/short/);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(
      readSettings('coder', { ...environment, CODER_TOKEN: '' }),
    ).not.toHaveProperty('CODER_TOKEN');
  });

  it('reads organisations with their domains, and addresses without a last slash', () => {
    const settings = readSettings('keycloak', {
      ...environment,
      PORTAL_URL: 'https://portal.example.com/',
    });
    expect(settings.PORTAL_URL).toBe('https://portal.example.com');
    expect(settings.ORGANISATIONS).toEqual([
      { alias: 'home', domain: 'home.example' },
      { alias: 'acme', domain: 'acme.example' },
    ]);
  });

  it.each(['acme', 'acme=', 'Acme=acme.example', 'acme=acme.example,'])(
    'refuses the organisations "%s"',
    ORGANISATIONS => {
      expect(() =>
        readSettings('keycloak', { ...environment, ORGANISATIONS }),
      ).toThrow(/ORGANISATIONS: must be like/);
    },
  );
});
