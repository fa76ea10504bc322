import { coerce, satisfies } from 'semver';

/**
 * The versions of a service that a client is written for.
 *
 * @public
 */
export interface SupportedVersions {
  /** The first one, such as `1.22`. */
  from: string;
  /** The first one that is not known any more, such as `2`. */
  below: string;
}

/**
 * What a server told of its version.
 *
 * @public
 */
export interface VersionCheck {
  /** As the server writes it; absent when it does not tell. */
  version?: string;
  /** Why it can't be worked with and what to do, for people; absent when it can. */
  problem?: string;
}

/**
 * Compares a server's version with the supported ones. What follows the three
 * numbers (`v2.36.0-devel+abc`) does not count.
 *
 * @public
 */
export function checkVersion(
  service: string,
  version: string,
  { from, below }: SupportedVersions,
): VersionCheck {
  const number = coerce(version);
  if (number && satisfies(number, `>=${from} <${below}`)) return { version };
  const supported = `Formulary works with ${from} and newer, below ${below}`;
  const isNewer = number && satisfies(number, `>=${below}`);
  return {
    version,
    problem: number
      ? `${service} ${version} is not supported: ${supported}. ${
          isNewer
            ? 'Use a version of Formulary that knows it'
            : `Upgrade ${service}`
        }`
      : `${service} tells "${version.slice(
          0,
          40,
        )}" for its version: ${supported}. Check that the configured address is its own`,
  };
}
