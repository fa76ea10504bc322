import { Person } from '@formulary/plugin-provisioning-common';
import { accountNames } from './accountName';

const person = (username: string, subject = 's1'): Person => ({
  userRef: 'user:default/x',
  issuer: 'https://id.example',
  subject,
  username,
  email: 'x@acme.example',
  emailVerified: true,
  displayName: 'X',
  organisation: 'acme',
  groups: [],
});
const RULE = /^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$/;

describe('accountNames', () => {
  it('keeps a name that Coder accepts', () => {
    expect(accountNames(person('alice-2')).preferred).toBe('alice-2');
  });

  it.each([
    ['first.last', /^first-last-[0-9a-f]{6}$/],
    ['jürgen_groß', /^jurgen-gross-[0-9a-f]{6}$/],
    ['Søren', /^Soren-[0-9a-f]{6}$/],
    ['new', /^new-[0-9a-f]{6}$/],
    ['Create', /^Create-[0-9a-f]{6}$/],
    ['李', /^user-[0-9a-f]{6}$/],
    ['-a--b-', /^a-b-[0-9a-f]{6}$/],
    [`${'x'.repeat(24)}.${'y'.repeat(20)}`, /^x{24}-[0-9a-f]{6}$/],
  ])('changes %s into one that it accepts', (username, expected) => {
    const { preferred } = accountNames(person(username));
    expect(preferred).toMatch(expected);
    expect(preferred).toMatch(RULE);
    expect(preferred.length).toBeLessThanOrEqual(32);
  });

  it('is always the same for an identity and differs between two', () => {
    const one = accountNames(person('a.b', 's1')).preferred;
    expect(accountNames(person('a.b', 's1')).preferred).toBe(one);
    expect(accountNames(person('a.b', 's2')).preferred).not.toBe(one);
    expect(accountNames(person('a-b', 's1')).preferred).not.toBe(one);
  });
});
