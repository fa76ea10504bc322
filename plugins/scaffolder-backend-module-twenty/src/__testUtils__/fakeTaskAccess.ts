import { NotAllowedError } from '@backstage/errors';
import { PersonStatus } from '@formulary/plugin-provisioning-common';
import { TaskAccess } from '@formulary/plugin-provisioning-node';

const statusOf = (email: string, emailVerified: boolean): PersonStatus => ({
  userRef: 'user:default/bob',
  services: [],
  accounts: [],
  person: {
    userRef: 'user:default/bob',
    issuer: 'https://id.example.com',
    subject: 'sub-of-bob',
    username: 'bob',
    email,
    emailVerified,
    displayName: 'Bob Tanaka',
    organisation: 'acme',
    groups: [],
  },
});

/** Somebody who may manage everything, or a developer with an e-mail address. */
export function fakeTaskAccess(
  who: 'admin' | { email: string; emailVerified?: boolean } = 'admin',
): TaskAccess {
  const isAdmin = who === 'admin';
  const requireManage = async (refusal: string) => {
    if (!isAdmin) throw new NotAllowedError(refusal);
  };
  return {
    mayManage: async () => isAdmin,
    requireManage: (_credentials, refusal) => requireManage(refusal),
    requireOwn: (_credentials, { username }) => requireManage(username),
    getPerson: async () =>
      isAdmin ? undefined : statusOf(who.email, who.emailVerified ?? true),
  };
}
