import { createHash } from 'node:crypto';
import { Person } from '@formulary/plugin-provisioning-common';

/** Longest name (server/public/model/user.go, `UserNameMaxLength`). */
const MAX_LENGTH = 64;

/** `restrictedUsernames` of the same file, and the mention that reaches a whole channel. */
const RESERVED = new Set(['all', 'channel', 'here', 'matterbot', 'system']);

/** Letters that Unicode does not take apart into a base letter and a mark. */
const TRANSLITERATED: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/**
 * The names that a person's account gets, the preferred one first.
 *
 * Mattermost allows lower-case letters, digits, `.`, `-` and `_`. A name that
 * fits is kept; otherwise it is rewritten and marked with a short hash of the
 * identity, so that two people never end up with one name. The last of the
 * names always has the hash: it is for when the preferred one is somebody else's.
 */
export function accountNames(person: Person): string[] {
  const wanted = person.username.toLowerCase();
  const clean = transliterate(wanted)
    .replace(/[^a-z0-9.\-_]+/g, '-')
    .replace(/^[.\-_]+|[.\-_]+$/g, '');
  const hash = createHash('sha256')
    .update(`${person.issuer}\0${person.subject}`)
    .digest('hex')
    .slice(0, 8);
  const marked = `${clean.slice(0, MAX_LENGTH - 9) || 'user'}-${hash}`;
  const isFine =
    clean === wanted && clean.length <= MAX_LENGTH && !RESERVED.has(clean);
  return isFine ? [clean, marked] : [marked];
}

function transliterate(text: string) {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\0-\x7f]/g, letter => TRANSLITERATED[letter] ?? letter);
}
