import { Person } from '@formulary/plugin-provisioning-common';
import { accountNames } from './accountName';

const named = (username: string, subject = 'sub') =>
  accountNames({
    userRef: 'user:default/x',
    issuer: 'https://id.example.com',
    subject,
    username,
    email: 'x@acme.example',
    emailVerified: true,
    displayName: 'X',
    organisation: 'acme',
    groups: [],
  } satisfies Person);

describe('accountNames', () => {
  it.each([
    ['bob', 'bob'],
    ['Bob', 'bob'],
    ['bob.tanaka_2-x', 'bob.tanaka_2-x'],
  ])('keeps %s', (username, expected) => {
    expect(named(username)[0]).toBe(expected);
  });

  it.each([
    ['José', /^jose-[0-9a-f]{8}$/],
    ['Łukasz Øst', /^lukasz-ost-[0-9a-f]{8}$/],
    ['bob@acme.example', /^bob-acme.example-[0-9a-f]{8}$/],
    ['山田', /^user-[0-9a-f]{8}$/],
    ['channel', /^channel-[0-9a-f]{8}$/],
    ['a'.repeat(80), /^a{55}-[0-9a-f]{8}$/],
  ])('rewrites %s and marks it', (username, expected) => {
    const names = named(username);
    expect(names).toHaveLength(1);
    expect(names[0]).toMatch(expected);
    expect(names[0].length).toBeLessThanOrEqual(64);
  });

  it('has a second name for when the first is taken', () => {
    expect(named('bob')[1]).toMatch(/^bob-[0-9a-f]{8}$/);
  });

  it('gives two people of one name different marks, and one person always the same', () => {
    expect(named('José', 'a')).not.toEqual(named('José', 'b'));
    expect(named('José', 'a')).toEqual(named('José', 'a'));
  });
});
