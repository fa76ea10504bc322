import { createHash } from 'node:crypto';
import { Person } from '@formulary/plugin-provisioning-common';

/** Letters that Unicode does not take apart into a base letter and a mark. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
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
  ł: 'l',
  Ł: 'L',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
};

/** A name in the letters that every service takes; what has no Latin form stays as it is. */
export function transliterate(name: string): string {
  return [...name]
    .map(letter => LETTERS[letter] ?? letter)
    .join('')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
}

/** A short mark of a person's identity: the same on every run, different for different people. */
export function identityHash(person: Person, length: number): string {
  return createHash('sha256')
    .update(`${person.issuer}\0${person.subject}`)
    .digest('hex')
    .slice(0, length);
}
