import { InputError } from '@backstage/errors';

/** Parts of an address that one reader takes for a folder's name and the next for a way out of it. */
const DISGUISES: Array<[RegExp, string]> = [
  [/[\t\r\n\\]/, 'a line break, tab or backslash'],
  [/\/(?:\.|%2e){1,2}(?:[/?#]|$)/i, 'the step "." or ".."'],
  [/%(?:2f|5c|00)/i, 'an encoded slash'],
];

/**
 * Refuses addresses that are written so that they can be read in two ways.
 * Backstage's readers take the repository out of the text as it stands, and
 * `fetch` resolves it afterwards, with the integration's token.
 *
 * @throws InputError that says what is wrong with the address
 */
export function assertPlainUrl(url: string): void {
  if (!URL.canParse(url)) {
    throw new InputError(`"${url}" is not an address`);
  }
  const { protocol, username, password } = new URL(url);
  if (!['http:', 'https:'].includes(protocol)) {
    throw new InputError(`"${url}" is refused: only http and https are read`);
  }
  if (username || password) {
    throw new InputError(
      'An address with a user name or a password in it is refused: credentials come from the configuration',
    );
  }
  for (const [disguise, what] of DISGUISES) {
    if (disguise.test(url)) {
      throw new InputError(`"${url}" is refused: it has ${what} in it`);
    }
  }
}
