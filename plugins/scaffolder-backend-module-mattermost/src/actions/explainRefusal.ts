import { InputError } from '@backstage/errors';
import { isServiceError } from '@formulary/service-client-node';

/** What to do about refusals that are about the input or the team, by Mattermost's error id. */
const NEXT_STEPS: Record<string, string> = {
  // server/channels/app/team.go, JoinUserToTeam
  'app.team.join_user_to_team.max_accounts.app_error':
    'Ask an admin to raise TeamSettings.MaxUsersPerTeam, or to remove somebody, and run the template again',
  'app.team.join_user_to_team.save_member.max_accounts.app_error':
    'Ask an admin to raise TeamSettings.MaxUsersPerTeam, or to remove somebody, and run the template again',
  'api.team.join_user_to_team.allowed_domains.app_error':
    'Ask an admin to allow the domain of the e-mail address in the settings of the team',
  // server/channels/api4/team.go, addTeamMember; api4/channel.go, addChannelMember
  'api.team.add_members.user_denied':
    'Only members of certain groups may be in this team: ask an admin to add the user to one of them',
  'api.channel.add_members.user_denied':
    'Only members of certain groups may be in this channel: ask an admin to add the user to one of them',
  'app.channel.add_member.deleted_user.app_error':
    'The user was deactivated in the meantime: have an admin activate it',
  // server/channels/app/user.go, createUserOrGuest
  'app.user.save.app_error':
    'Most likely another account has this authData: ask an admin which, and use that one',
  'api.user.create_user.accepted_domain.app_error':
    'Ask an admin to allow the domain of the e-mail address in TeamSettings.RestrictCreationToDomains',
  'api.user.create_user.user_limits.exceeded':
    'The server has as many users as it may: ask an admin to deactivate some, or to get a licence',
};

/**
 * Makes calls whose known refusals end with what to do about them.
 *
 * @throws InputError for those, and everything else as it is
 */
export async function explainRefusal<T>(calls: () => Promise<T>): Promise<T> {
  try {
    return await calls();
  } catch (error) {
    const step = isServiceError(error) && NEXT_STEPS[error.code ?? ''];
    if (!step) throw error;
    throw new InputError(`${error.message}. ${step}`, error);
  }
}
