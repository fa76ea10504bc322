/**
 * Whether two e-mail addresses are one, whatever the case of their Latin letters.
 *
 * Only A to Z count as a case: with Unicode's rules a Kelvin sign is a k, and
 * somebody with such an address would be taken for somebody else. Aliases
 * (`+tag`, dots) are different addresses.
 *
 * @public
 */
export function sameEmail(one: string, other: string): boolean {
  return lowerCase(one) === lowerCase(other);
}

function lowerCase(text: string) {
  return text.replace(/[A-Z]/g, letter => letter.toLowerCase());
}
