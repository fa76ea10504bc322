import { Person } from '@formulary/plugin-provisioning-common';
import { accountNames } from './accountName';

const person = (username: string, subject = 'subject'): Person => ({
  userRef: 'user:default/somebody',
  issuer: 'https://id.example',
  subject,
  username,
  email: 'somebody@acme.example',
  emailVerified: true,
  displayName: 'Somebody',
  organisation: 'acme',
  groups: [],
});

describe('accountNames', () => {
  it.each(['alice', 'Alice-2', 'alice.moreau', 'a_b', 'a'.repeat(40)])(
    'keeps %s, with a marked one for when it is taken',
    username => {
      const [preferred, marked] = accountNames(person(username));
      expect(preferred).toBe(username);
      expect(marked).toMatch(/-[0-9a-f]{6}$/);
    },
  );

  it.each([
    ['Zoë Łuka', /^Zoe-Luka-[0-9a-f]{6}$/],
    ['müller@acme.example', /^muller-acme\.example-[0-9a-f]{6}$/],
    ['a..b', /^a\.b-[0-9a-f]{6}$/],
    ['-dash-', /^dash-[0-9a-f]{6}$/],
    ['admin', /^admin-[0-9a-f]{6}$/],
    ['API', /^API-[0-9a-f]{6}$/],
    ['alice.png', /^alice\.png-[0-9a-f]{6}$/],
    ['李雷', /^user-[0-9a-f]{6}$/],
    ['a'.repeat(41), /^a{33}-[0-9a-f]{6}$/],
  ])('rewrites %s', (username, expected) => {
    const names = accountNames(person(username));
    expect(names).toHaveLength(1);
    expect(names[0]).toMatch(expected);
    expect(names[0]).toMatch(/^[\da-zA-Z][-.\w]*$/);
    expect(names[0]).not.toMatch(/[-._]{2,}|[-._]$/);
    expect(names[0].length).toBeLessThanOrEqual(40);
  });

  it('is the same on every run and different for different people', () => {
    expect(accountNames(person('admin'))).toEqual(
      accountNames(person('admin')),
    );
    expect(accountNames(person('admin', 'one'))).not.toEqual(
      accountNames(person('admin', 'two')),
    );
  });
});
