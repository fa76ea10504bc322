import {
  ChannelMemberRow,
  ChannelRow,
  PostRow,
  TeamMemberRow,
  TeamRow,
  UserRow,
} from '../model/rows';

/**
 * An account as another one sees it.
 *
 * Whether the address is verified is told to nobody else, not even to a system
 * admin (`ClearNonProfileFields`, server/public/model/user.go).
 */
export function userView(
  user: UserRow,
  asAdmin: boolean,
  withVerified = false,
) {
  return {
    id: user.id,
    create_at: user.create_at,
    update_at: user.update_at,
    delete_at: user.delete_at,
    username: user.username,
    auth_data: asAdmin ? user.auth_data : '',
    auth_service: asAdmin ? user.auth_service : '',
    email: user.email,
    ...(withVerified && user.email_verified ? { email_verified: true } : {}),
    nickname: user.nickname,
    first_name: user.first_name,
    last_name: user.last_name,
    position: user.position,
    roles: user.roles,
    ...(Object.keys(user.props).length ? { props: user.props } : {}),
    locale: user.locale,
    timezone: {
      automaticTimezone: '',
      manualTimezone: '',
      useAutomaticTimezone: 'true',
    },
    ...(user.is_bot
      ? { is_bot: true, bot_description: user.bot_description }
      : {}),
    disable_welcome_email: false,
  };
}

/** A bot, as `POST /bots` answers it (server/public/model/bot.go). */
export function botView(user: UserRow) {
  return {
    user_id: user.id,
    username: user.username,
    display_name: user.first_name,
    description: user.bot_description,
    owner_id: user.bot_owner_id,
    create_at: user.create_at,
    update_at: user.update_at,
    delete_at: user.delete_at,
  };
}

/** A team; only those who may invite see its invite id (`SanitizeTeam`). */
export function teamView(team: TeamRow, mayInvite: boolean) {
  return {
    ...team,
    company_name: '',
    allowed_domains: '',
    invite_id: mayInvite ? team.invite_id : '',
    scheme_id: null,
    group_constrained: null,
    policy_id: null,
    cloud_limits_archived: false,
  };
}

export function teamMemberView(member: TeamMemberRow) {
  return {
    team_id: member.team_id,
    user_id: member.user_id,
    roles: member.scheme_admin ? 'team_user team_admin' : 'team_user',
    delete_at: 0,
    scheme_guest: false,
    scheme_user: true,
    scheme_admin: member.scheme_admin,
    explicit_roles: '',
  };
}

export function channelView(channel: ChannelRow) {
  return {
    ...channel,
    extra_update_at: 0,
    scheme_id: null,
    props: null,
    group_constrained: null,
    shared: null,
    total_msg_count_root: channel.total_msg_count,
    policy_id: null,
    last_root_post_at: channel.last_post_at,
    banner_info: null,
    policy_enforced: false,
    default_category_name: '',
  };
}

export function channelMemberView(member: ChannelMemberRow) {
  return {
    channel_id: member.channel_id,
    user_id: member.user_id,
    roles: member.scheme_admin ? 'channel_user channel_admin' : 'channel_user',
    last_viewed_at: 0,
    msg_count: 0,
    mention_count: 0,
    mention_count_root: 0,
    urgent_mention_count: 0,
    msg_count_root: 0,
    notify_props: {
      desktop: 'default',
      email: 'default',
      ignore_channel_mentions: 'default',
      mark_unread: 'all',
      push: 'default',
    },
    last_update_at: member.last_update_at,
    scheme_guest: false,
    scheme_user: true,
    scheme_admin: member.scheme_admin,
    explicit_roles: '',
  };
}

export function postView(post: PostRow) {
  return {
    ...post,
    edit_at: 0,
    is_pinned: false,
    original_id: '',
    hashtags: '',
    file_ids: [],
    pending_post_id: '',
    reply_count: 0,
    last_reply_at: 0,
    participants: null,
    metadata: {},
  };
}
