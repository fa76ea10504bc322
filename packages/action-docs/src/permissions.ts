const manage = '`provisioning.resources.manage`';
const repositories = `Everybody for the repositories of their own account in Gitea, and of organisations in which that account may create repositories; there, a repository that was there before must be one that the account administers. For all others it takes ${manage}.`;
const workspaces = `Everybody for the workspaces of their own account in Coder. For those of others it takes ${manage}.`;
const anybody = 'Everybody whose template runs it.';

/** Who may run each action: what no schema tells. */
export const permissions: Record<string, string> = {
  'platform:pre-provision-user':
    'Everybody for themselves. For others it takes `provisioning.persons.onboard`.',
  'gitea:create-repository': repositories,
  'gitea:delete-repository': repositories,
  'coder:create-workspace': workspaces,
  'coder:start-workspace': workspaces,
  'coder:stop-workspace': workspaces,
  'coder:delete-workspace': workspaces,
  'coder:push-template': `Whoever has ${manage}: a template is everybody's.`,
  'mattermost:add-to-team': anybody,
  'mattermost:create-user': anybody,
  'mattermost:post-message': anybody,
  'twenty:create-person': anybody,
  'twenty:create-company': anybody,
  'twenty:create-opportunity': anybody,
  'twenty:upsert': anybody,
};
