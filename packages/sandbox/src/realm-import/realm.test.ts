import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCredentials } from '../core/credentials';
import { parseOptions } from '../core/options';
import { people } from '../core/people';
import { realmImport } from './realm';

describe('realmImport', () => {
  const directory = mkdtempSync(join(tmpdir(), 'realm-import-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  const credentials = loadCredentials(
    parseOptions(
      ['--directory', directory, '--keycloak-url', 'http://localhost:8080'],
      directory,
    ),
  );
  const realm = realmImport(credentials);

  it('has the people of the sandbox, with their passwords', () => {
    for (const { username, password } of credentials.people) {
      expect(realm.users).toContainEqual(
        expect.objectContaining({
          username,
          credentials: [{ type: 'password', value: password }],
        }),
      );
    }
  });

  it('has every group that somebody is in', () => {
    const paths: string[] = [];
    const walk = (groups: typeof realm.groups, parent: string) => {
      for (const { name, subGroups } of groups) {
        paths.push(`${parent}/${name}`);
        walk(subGroups, `${parent}/${name}`);
      }
    };
    walk(realm.groups, '');
    expect(paths).toEqual(
      expect.arrayContaining(people.flatMap(({ groups }) => groups)),
    );
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('registers the portal and the services with the secrets that they use', () => {
    const { keycloak, gitea, coder, mattermost, twenty } = credentials.services;
    expect(
      realm.clients.map(({ clientId, secret }) => [clientId, secret]),
    ).toEqual(
      [keycloak, ...[gitea, coder, mattermost, twenty].map(s => s.login)].map(
        ({ clientId, clientSecret }) => [clientId, clientSecret],
      ),
    );
    expect(keycloak.issuer).toBe('http://localhost:8080/realms/formulary');
  });
});
