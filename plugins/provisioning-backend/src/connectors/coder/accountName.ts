import { createHash } from 'node:crypto';
import { Person } from '@formulary/plugin-provisioning-common';

/** Coder's rule for usernames (codersdk/name.go): letters, digits, single hyphens, at most 32. */
const MAX_LENGTH = 32;
const RESERVED = ['new', 'create'];
const HASH_LENGTH = 6;

/** Letters that Unicode does not take apart into a base letter and a mark. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  ø: 'o',
  Ø: 'O',
  œ: 'oe',
  Œ: 'Oe',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  þ: 'th',
  Þ: 'Th',
};

/** The names that a person's account may have. */
export interface AccountNames {
  /** The person's own username where Coder accepts it, else one like it with a hash. */
  preferred: string;
  /** The name when somebody else has the preferred one: always with the hash of this person's identity. */
  unique: string;
}

/**
 * Names of a person's account in Coder: always the same for the same identity.
 */
export function accountNames(person: Person): AccountNames {
  const plain = transliterate(person.username);
  const hash = createHash('sha256')
    .update(`${person.issuer}\n${person.subject}`)
    .digest('hex')
    .slice(0, HASH_LENGTH);
  const base = plain.slice(0, MAX_LENGTH - HASH_LENGTH - 1).replace(/-+$/, '');
  const unique = `${base || 'user'}-${hash}`;
  const fits =
    plain === person.username &&
    plain.length > 0 &&
    plain.length <= MAX_LENGTH &&
    !RESERVED.includes(plain.toLowerCase());
  return { preferred: fits ? plain : unique, unique };
}

function transliterate(name: string): string {
  return [...name]
    .map(letter => LETTERS[letter] ?? letter)
    .join('')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
