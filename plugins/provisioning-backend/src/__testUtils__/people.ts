import { Person } from '@formulary/plugin-provisioning-common';

/** A person of the organisation acme. */
export function personNamed(
  username: string,
  overrides: Partial<Person> = {},
): Person {
  return {
    userRef: `user:default/${username}`,
    issuer: 'http://idp.example/realms/test',
    subject: `subject-of-${username}`,
    username,
    email: `${username}@acme.example`,
    emailVerified: true,
    displayName: username,
    organisation: 'acme',
    groups: ['/acme'],
    ...overrides,
  };
}
