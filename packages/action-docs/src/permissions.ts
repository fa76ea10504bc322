const manage = '`provisioning.resources.manage`';
const repositories = `Everybody for the repositories of their own account in Gitea, and of organisations in which that account may create repositories; there, a repository that was there before must be one that the account administers. For all others it takes ${manage}.`;
const workspaces = `Everybody for the workspaces of their own account in Coder. For those of others it takes ${manage}.`;
const others = `For all else it takes ${manage}.`;

/** Who may run each action: what no schema tells. */
export const permissions: Record<string, string> = {
  'platform:pre-provision-user':
    'Everybody for themselves. For others it takes `provisioning.persons.onboard`.',
  'approval:require':
    'Everybody, for the task that they have started. Who may decide is said by `approvals.rules`; nobody decides what they asked for themselves.',
  'gitea:create-repository': repositories,
  'gitea:delete-repository': repositories,
  'coder:create-workspace': workspaces,
  'coder:start-workspace': workspaces,
  'coder:stop-workspace': workspaces,
  'coder:delete-workspace': workspaces,
  'coder:push-template': `Whoever has ${manage}: a template is everybody's.`,
  'mattermost:add-to-team': `Everybody for their own account: in the team named after their organisation, in teams that they are in and in what the task creates; of private channels only those that they are in. ${others}`,
  'mattermost:create-user': `Everybody for their own name, verified e-mail and identity together. ${others}`,
  'mattermost:post-message': `Everybody in channels that they are a member of. ${others}`,
  'mattermost:remove-from-team': `Everybody for their own account. ${others}`,
  'mattermost:archive-channel': `Everybody for channels that the portal made, that they are in, and that nobody else is in. ${others}`,
  'twenty:create-person': `Everybody. To bring back a deleted record is for the person with its e-mail, verified. ${others}`,
  'twenty:create-company': 'Everybody.',
  'twenty:create-opportunity': 'Everybody.',
  'twenty:upsert': `Everybody for new records, and for the contact with their own verified e-mail. To change those of others it takes ${manage}.`,
  'twenty:delete-record': `Everybody for the contact with their own verified e-mail. For all others it takes ${manage}.`,
};
