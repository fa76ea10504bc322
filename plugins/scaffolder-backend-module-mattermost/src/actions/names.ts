import { InputError } from '@backstage/errors';

/** `validAlphaNum` of server/public/model/utils.go. */
const TEAM_NAME = /^[a-z0-9]+([a-z\-0-9]+|(__)?)[a-z0-9]+$/;

/** `reservedName` of server/public/model/utils.go: no team's name may begin with one of them. */
const RESERVED =
  /^(admin|api|boards|channel|claim|error|files|help|landing|login|mfa|oauth|playbooks|plug|post|signup)/;

/** `validSimpleAlphaNum` of server/public/model/utils.go. */
const CHANNEL_NAME = /^[a-z0-9]+([a-z\-_0-9]+|(__)?)[a-z0-9]*$/;

/** Names that are kept for conversations between people (`Channel.IsValid`, server/public/model/channel.go). */
const CONVERSATION = /^([a-f0-9]{40}|[a-z0-9]{26}__[a-z0-9]{26})$/;

/** `IsValidUsername` and `restrictedUsernames` of server/public/model/user.go. */
const USERNAME = /^[a-z0-9._-]+$/;
const RESTRICTED = ['all', 'channel', 'matterbot', 'system'];

/** @throws InputError unless Mattermost takes it as the name of a team */
export function requireTeamName(name: string): void {
  if (name.length < 2 || name.length > 64 || !TEAM_NAME.test(name)) {
    throw new InputError(
      `Mattermost has no team called "${name}", and none can be: the name of a team has 2 to 64 lower-case letters, digits and hyphens, with a letter or digit at both ends. Choose such a name`,
    );
  }
  const [reserved] = RESERVED.exec(name) ?? [];
  if (reserved) {
    throw new InputError(
      `Mattermost has no team called "${name}", and none can be: names that begin with "${reserved}" are kept for the server itself. Choose another`,
    );
  }
}

/** @throws InputError unless Mattermost takes it as the name of a channel */
export function requireChannelName(name: string): void {
  if (name.length > 64 || !CHANNEL_NAME.test(name)) {
    throw new InputError(
      `Mattermost has no channel called "${name}", and none can be: the name of a channel has 1 to 64 lower-case letters, digits, hyphens and underscores, and begins with a letter or digit. Choose such a name`,
    );
  }
  if (CONVERSATION.test(name)) {
    throw new InputError(
      `Mattermost has no channel called "${name}", and none can be: names of that form are kept for conversations between people. Choose another`,
    );
  }
}

/** @throws InputError unless Mattermost takes it as the name of a user */
export function requireUsername(name: string): void {
  if (name.length > 64 || !USERNAME.test(name) || RESTRICTED.includes(name)) {
    throw new InputError(
      `Mattermost has no user called "${name}", and none can be: the name of a user has 1 to 64 lower-case letters, digits, dots, hyphens and underscores, and is none of ${RESTRICTED.join(
        ', ',
      )}. Choose such a name`,
    );
  }
}

/** A name for people made from one for addresses: `off-topic` becomes `Off Topic`. */
export function titleOf(name: string): string {
  return name
    .split(/[-_]+/)
    .filter(word => word)
    .map(word => word[0].toUpperCase() + word.slice(1))
    .join(' ');
}
