import { Person } from '@formulary/plugin-provisioning-common';
import { coderNameRules } from './coder/nameRules';
import { giteaNameRules } from './gitea/nameRules';
import { mattermostNameRules } from './mattermost/nameRules';
import { accountNames, NameRules } from './naming';

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

/** Every service: its rules, and what its server accepts. */
const services: Record<string, { rules: NameRules; valid: RegExp }> = {
  gitea: {
    rules: giteaNameRules,
    valid: /^(?!.*[-._]{2})[\da-zA-Z][-.\w]{0,39}(?<![-._])$/,
  },
  coder: {
    rules: coderNameRules,
    valid: /^(?=.{1,32}$)[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$/,
  },
  mattermost: {
    rules: mattermostNameRules,
    valid: /^[a-z0-9._-]{1,64}$/,
  },
};
const MARK = /-[0-9a-f]{10}$/;

describe.each(Object.keys(services))('%s', service => {
  const { rules, valid } = services[service];
  const names = (username: string, subject?: string) =>
    accountNames(person(username, subject), rules);

  it.each([
    "Ní O'Neil",
    'd’Artagnan',
    'Zoë Łuka',
    'jürgen_groß',
    'Ωmega Παπαδόπουλος',
    'Иван Петров',
    '李雷',
    'محمد',
    'नमस्ते',
    '👩‍💻',
    '...',
    '-a--b-',
    'a._-b',
    'first.last@acme.example',
    '_under_',
    'x'.repeat(64),
    `${'ab.'.repeat(21)}c`,
    `${'x'.repeat(28)}.${'y'.repeat(20)}`,
    'ß'.repeat(30),
    'new',
    'Create',
    'admin',
    'API',
    'alice.png',
    'channel',
    'all',
    ' spaced ',
    '',
  ])('gives %j names that the server accepts', username => {
    const given = names(username);
    for (const name of given) {
      expect(name).toMatch(valid);
      expect(rules.accepts(name)).toBe(true);
      expect(name.length).toBeLessThanOrEqual(rules.maxLength);
    }
    expect(given.at(-1)).toMatch(MARK);
    expect(names(username)).toEqual(given);
  });

  it('keeps a plain name, with a marked one for when it is taken', () => {
    const [preferred, marked] = names('alice-2');
    expect(preferred).toBe('alice-2');
    expect(marked).toMatch(/^alice-2-[0-9a-f]{10}$/);
  });

  it('keeps nobody’s name that looks like one marked for somebody else', () => {
    const [, marked] = names('bob', 'bob');
    const [first, ...rest] = names(marked, 'mallory');
    expect(first).not.toBe(marked);
    expect(first).toMatch(MARK);
    expect(rest).toEqual([]);
  });

  it('never gives two of 10,000 people whose names look alike the same marked name', () => {
    const usernames = ['李', 'a.b', 'a-b', 'A_B', `${'x'.repeat(64)}`];
    const given = Array.from({ length: 10_000 }, (_, index) =>
      names(usernames[index % usernames.length], `s${index}`)
        .at(-1)!
        .toLowerCase(),
    );
    expect(new Set(given).size).toBe(given.length);
  });
});

describe('accountNames', () => {
  it.each([
    ['gitea', 'Zoë Łuka', /^Zoe-Luka-[0-9a-f]{10}$/],
    ['gitea', "Ní O'Neil", /^Ni-ONeil-[0-9a-f]{10}$/],
    ['gitea', 'müller@acme.example', /^muller-acme\.example-[0-9a-f]{10}$/],
    ['gitea', 'a..b', /^a\.b-[0-9a-f]{10}$/],
    ['gitea', '-dash-', /^dash-[0-9a-f]{10}$/],
    ['gitea', 'admin', /^admin-[0-9a-f]{10}$/],
    ['gitea', 'alice.png', /^alice\.png-[0-9a-f]{10}$/],
    ['gitea', '李雷', /^user-[0-9a-f]{10}$/],
    ['gitea', 'a'.repeat(41), /^a{29}-[0-9a-f]{10}$/],
    ['coder', 'first.last', /^first-last-[0-9a-f]{10}$/],
    ['coder', 'jürgen_groß', /^jurgen-gross-[0-9a-f]{10}$/],
    ['coder', 'Søren', /^Soren-[0-9a-f]{10}$/],
    ['coder', 'Create', /^Create-[0-9a-f]{10}$/],
    ['coder', '李', /^user-[0-9a-f]{10}$/],
    ['coder', `${'x'.repeat(20)}.${'y'.repeat(9)}`, /^x{20}-[0-9a-f]{10}$/],
    ['mattermost', 'José', /^jose-[0-9a-f]{10}$/],
    ['mattermost', 'Łukasz Øst', /^lukasz-ost-[0-9a-f]{10}$/],
    ['mattermost', 'channel', /^channel-[0-9a-f]{10}$/],
    ['mattermost', 'a'.repeat(80), /^a{53}-[0-9a-f]{10}$/],
  ])('rewrites for %s the name %s', (service, username, expected) => {
    const given = accountNames(person(username), services[service].rules);
    expect(given).toEqual([expect.stringMatching(expected)]);
  });

  it.each([
    ['gitea', 'alice.moreau', 'alice.moreau'],
    ['gitea', 'a_b', 'a_b'],
    ['gitea', 'a'.repeat(40), 'a'.repeat(40)],
    ['coder', 'Alice-2', 'Alice-2'],
    ['coder', 'a'.repeat(32), 'a'.repeat(32)],
    ['mattermost', 'Bob', 'bob'],
    ['mattermost', 'bob.tanaka_2-x', 'bob.tanaka_2-x'],
    ['mattermost', 'a'.repeat(64), 'a'.repeat(64)],
  ])('keeps for %s the name %s', (service, username, expected) => {
    const [preferred] = accountNames(person(username), services[service].rules);
    expect(preferred).toBe(expected);
  });
});
