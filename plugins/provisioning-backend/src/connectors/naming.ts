import { createHash } from 'node:crypto';
import { Person } from '@formulary/plugin-provisioning-common';

/** What a service takes for a username. */
export interface NameRules {
  /** The longest name. */
  maxLength: number;
  /** Besides letters and digits, as the inside of a character class. A hyphen is always fine. */
  separators: string;
  /** Whether names have no capitals. */
  lowerCase: boolean;
  /** Whether the service accepts a name of a fitting length. */
  accepts(name: string): boolean;
}

/** Digits of a mark: 40 bits, so that among 10,000 people of one name two share a mark once in 20,000 times. */
const MARK_LENGTH = 10;
const MARKED = new RegExp(`-[0-9a-f]{${MARK_LENGTH}}$`, 'i');

/** Letters that Unicode does not take apart into a base letter and a mark. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  ħ: 'h',
  Ħ: 'H',
  ł: 'l',
  Ł: 'L',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
};

/**
 * The names that a person's account gets, the preferred one first.
 *
 * A username that the service accepts is kept. Any other is rewritten and
 * marked with a hash of the identity, and the last of the names always is: it
 * is for when the preferred one is somebody else's. Both are the same on every
 * run, marked names of two people differ, and nobody's own username can be
 * another's marked name: one that looks like it is marked, too.
 */
export function accountNames(person: Person, rules: NameRules): string[] {
  const { maxLength, separators, lowerCase } = rules;
  const wanted = lowerCase ? person.username.toLowerCase() : person.username;
  const others = new RegExp(`[^0-9a-zA-Z${separators}-]+`, 'g');
  const runs = new RegExp(`([${separators}-])[${separators}-]+`, 'g');
  const ends = new RegExp(`^[${separators}-]+|[${separators}-]+$`, 'g');
  const base = transliterate(wanted)
    // An apostrophe joins: O'Neil is one word.
    .replace(/['’ʼ`]/g, '')
    .replace(others, '-')
    .replace(runs, '$1')
    .replace(ends, '')
    .slice(0, maxLength - MARK_LENGTH - 1)
    .replace(ends, '');
  const marked = `${base || 'user'}-${mark(person)}`;
  const isKept =
    wanted.length <= maxLength && !MARKED.test(wanted) && rules.accepts(wanted);
  return isKept ? [wanted, marked] : [marked];
}

/** A name in Latin letters; what has no Latin form stays as it is. */
function transliterate(name: string): string {
  return [...name]
    .map(letter => LETTERS[letter] ?? letter)
    .join('')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
}

/** A short mark of an identity: the same on every run, different for different people. */
function mark({ issuer, subject }: Person): string {
  return createHash('sha256')
    .update(`${issuer}\0${subject}`)
    .digest('hex')
    .slice(0, MARK_LENGTH);
}
