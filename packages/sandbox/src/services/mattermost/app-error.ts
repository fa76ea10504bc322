/**
 * English texts of the error ids, as the server's `server/i18n/en.json` has
 * them; `{{.Name}}` is filled in from the error's parameters.
 */
const messages: Record<string, string> = {
  'api.bot.create_disabled':
    'Bot account creation has been disabled. Please contact your System Administrator for details.',
  'api.channel.add_user.to.channel.failed.deleted.app_error':
    'Failed to add user to channel because they have been removed from the team.',
  'api.context.404.app_error': 'Sorry, we could not find the page.',
  'api.context.invalid_body_param.app_error':
    'Invalid or missing {{.Name}} in request body.',
  'api.context.invalid_url_param.app_error':
    'Invalid or missing {{.Name}} parameter in request URL.',
  'api.context.permissions.app_error':
    'You do not have the appropriate permissions.',
  'api.context.session_expired.app_error':
    'Invalid or expired session, please login again.',
  'api.license.client.old_format.app_error':
    'New format for the client license is not supported yet. Please specify format=old in the query string.',
  'api.post.create_post.can_not_post_to_deleted.error':
    'Can not post to deleted channel.',
  'api.team.user.missing_account': 'Unable to find the user.',
  'api.user.authorize_oauth_user.unsupported.app_error':
    '{{.Service}} SSO through OAuth 2.0 not available on this server.',
  'api.user.create_oauth_user.already_attached.app_error':
    'There is already an account associated with that email address using a sign in method other than {{.Service}}. Please sign in using {{.Auth}}.',
  'api.user.create_user.disabled.app_error': 'User creation is disabled.',
  'api.user.create_user.signup_email_disabled.app_error':
    'User sign-up with email is disabled.',
  'api.user.delete_user.not_enabled.for_admin.app_error':
    'Permanent user deletion feature is not enabled. ServiceSettings.EnableAPIUserDeletion must be set to true to use this command. See https://mattermost.com/pl/environment-configuration-settings for more information.',
  'api.user.get_user_by_email.permissions.app_error':
    'Unable to get user by email.',
  'api.user.login_by_oauth.bot_login_forbidden.app_error':
    'Bot login is forbidden.',
  'api.user.login_by_oauth.parse.app_error':
    'Could not parse auth data out of {{.Service}} user object.',
  'api.user.patch_user.login_provider_attribute_set.app_error':
    "Field '{{.Field}}' must be set through user's login provider.",
  'api.user.send_password_reset.sso.app_error':
    'Cannot reset password for SSO accounts.',
  'api.user.update_active.permissions.app_error':
    'You do not have the appropriate permissions.',
  'api.user.update_user_auth.invalid_request':
    'Request is missing either AuthData or AuthService parameter.',
  'app.channel.add_member.deleted_user.app_error':
    'Unable to add the user as a member of the channel.',
  'app.channel.get.existing.app_error':
    'Unable to find the existing channel {{.channel_id}}.',
  'app.channel.get_by_name.missing.app_error': 'Channel does not exist.',
  'app.channel.get_member.missing.app_error':
    'No channel member found for that user ID and channel ID.',
  'app.team.get.find.app_error': 'Unable to find the existing team.',
  'app.team.get_by_name.missing.app_error': 'Unable to find the existing team.',
  'app.team.get_member.missing.app_error':
    'No team member found for that user ID and team ID.',
  'app.team.join_user_to_team.max_accounts.app_error':
    'This team has reached the maximum number of allowed accounts. Contact your System Administrator to set a higher limit.',
  'app.user.missing_account.const': 'Unable to find the user.',
  'app.user.save.app_error': 'Unable to save the account.',
  'app.user.save.email_exists.app_error':
    'An account with that email already exists.',
  'app.user.save.existing.app_error': 'Must call update for existing user.',
  'app.user.save.username_exists.app_error':
    'An account with that username already exists.',
  'app.user.update.find.app_error':
    'Unable to find the existing account to update.',
  'app.user.update_auth_data.email_exists.app_error':
    'Unable to switch account to {{.Service}}. An account using the email {{.Email}} already exists.',
  'model.channel.is_valid.1_or_more.app_error':
    'Name must be 1 or more lowercase alphanumeric character.',
  'model.channel.is_valid.display_name.app_error': 'Invalid display name.',
  'model.channel.is_valid.type.app_error': 'Invalid type.',
  'model.team.is_valid.characters.app_error':
    'Name must be 2 or more lowercase alphanumeric characters.',
  'model.team.is_valid.name.app_error': 'Invalid name.',
  'model.team.is_valid.reserved.app_error':
    'This URL is unavailable. Please try another.',
  'model.team.is_valid.type.app_error': 'Invalid type.',
  'model.team.is_valid.url.app_error': 'Invalid URL Identifier.',
  'model.user.is_valid.auth_data.app_error': 'Invalid auth data.',
  'model.user.is_valid.auth_data_pwd.app_error':
    'Invalid user, password and auth data cannot both be set.',
  'model.user.is_valid.auth_data_type.app_error':
    'Invalid user: Auth data can only be set if the user uses an external auth service, not email/password, for authentication.',
  'model.user.is_valid.email.app_error': 'Invalid email.',
  'model.user.is_valid.first_name.app_error': 'Invalid first name.',
  'model.user.is_valid.last_name.app_error': 'Invalid last name.',
  'model.user.is_valid.nickname.app_error': 'Invalid nickname.',
  'model.user.is_valid.position.app_error':
    'Invalid position: must not be longer than 128 characters.',
  'model.user.is_valid.pwd_min_length.app_error':
    'Your password must contain at least {{.Min}} characters.',
  'model.user.is_valid.username.app_error':
    'Username must begin with a letter, and contain between 3 to 22 lowercase characters made up of numbers, letters, and the symbols ".", "-", and "_".',
  'model.post.is_valid.message_length.app_error':
    'Post Message property is longer than the maximum permitted length.',
};

/** A refusal in the shape of the server's `model.AppError` (server/public/model/utils.go). */
export class AppError extends Error {
  constructor(
    readonly id: string,
    readonly status: number,
    parameters: Record<string, string | number> = {},
    readonly detail = '',
  ) {
    super(
      (messages[id] ?? id).replace(/{{\.(\w+)}}/g, (_match, name: string) =>
        String(parameters[name] ?? ''),
      ),
    );
    this.name = 'AppError';
  }
}

/** 400 for something wrong in the body (server/channels/web/context.go). */
export function invalidBody(name: string): AppError {
  return new AppError('api.context.invalid_body_param.app_error', 400, {
    Name: name,
  });
}

/** 400 for something wrong in the path or query. */
export function invalidUrl(name: string): AppError {
  return new AppError('api.context.invalid_url_param.app_error', 400, {
    Name: name,
  });
}

/** 403 that names the missing permission in its details, as the server does. */
export function missingPermission(
  userId: string,
  permission: string,
): AppError {
  return new AppError(
    'api.context.permissions.app_error',
    403,
    {},
    `userId=${userId}, permission=${permission}`,
  );
}
