import type { z as Zod } from 'zod/v3';

/** `reservedName` of server/public/model/utils.go: no team's name may begin with one of them. */
const RESERVED =
  /^(?!admin|api|channel|claim|error|files|help|landing|login|mfa|oauth|plug|post|signup|boards|playbooks)/;

/** Name of a team, as its address shows it (`validAlphaNum`). */
export const teamName = (z: typeof Zod) =>
  z
    .string()
    .min(2)
    .max(64)
    .regex(
      /^[a-z0-9][a-z0-9-]*[a-z0-9]$/,
      'lower-case letters, digits and hyphens, with a letter or digit at both ends',
    )
    .regex(RESERVED, 'begins with a word that Mattermost keeps for itself');

/** Name of a channel, as its address shows it (`validSimpleAlphaNum`). */
export const channelName = (z: typeof Zod) =>
  z
    .string()
    .max(64)
    .regex(
      /^[a-z0-9][a-z0-9_-]*$/,
      'lower-case letters, digits, hyphens and underscores, beginning with a letter or digit',
    );

/** A name for people made from one for addresses: `off-topic` becomes `Off Topic`. */
export function titleOf(name: string): string {
  return name
    .split(/[-_]+/)
    .filter(word => word)
    .map(word => word[0].toUpperCase() + word.slice(1))
    .join(' ');
}
