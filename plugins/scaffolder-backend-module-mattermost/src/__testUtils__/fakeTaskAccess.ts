import { NotAllowedError } from '@backstage/errors';
import { Person, PersonStatus } from '@formulary/plugin-provisioning-common';
import { TaskAccess } from '@formulary/plugin-provisioning-node';
import { OrganizationNames } from '../CatalogOrganizations';

/** Bob of acme, with his account in Mattermost. */
export function statusOfBob(person: Partial<Person> = {}): PersonStatus {
  return {
    userRef: 'user:default/bob',
    services: [],
    accounts: [
      {
        service: 'mattermost',
        state: 'active',
        username: 'bob',
        observedAt: '2026-01-01T00:00:00.000Z',
      },
    ],
    person: {
      userRef: 'user:default/bob',
      issuer: 'https://id.example.com',
      subject: 'sub-of-bob',
      username: 'bob',
      email: 'bob@acme.example',
      emailVerified: true,
      displayName: 'Bob Tanaka',
      organisation: 'acme',
      groups: [],
      ...person,
    },
  };
}

/** The organisations of the portal. */
export const organizations: OrganizationNames = {
  names: async () => ['acme', 'acme-labs', 'globex'],
};

/** Somebody who may manage everything, or a developer. */
export function fakeTaskAccess(who: 'admin' | PersonStatus): TaskAccess {
  const requireManage = async (refusal: string) => {
    if (who !== 'admin') throw new NotAllowedError(refusal);
  };
  return {
    mayManage: async () => who === 'admin',
    requireManage: (_credentials, refusal) => requireManage(refusal),
    requireOwn: async (_credentials, { username }) => {
      const own = who !== 'admin' && who.accounts[0]?.username;
      if (own !== username) await requireManage(`${username} is not yours`);
    },
    getPerson: async () => (who === 'admin' ? undefined : who),
  };
}
