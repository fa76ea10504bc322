import type { SandboxCredentials } from '@formulary/sandbox';
import { credentials } from './sandbox';

/** What exists for a person and a project, as the services themselves say. */
export interface Resources {
  /** Id of the person's account in each service. */
  accountIds: Record<string, string | number>;
  repositories: Array<{ full_name: string; private: boolean }>;
  workspaces: Array<{ id: string; name: string; owner_name: string }>;
  teams: string[];
  channels: string[];
  crmPeople: string[];
  opportunities: string[];
}

async function json<T>(url: string, init?: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  if (!response.ok) {
    throw new Error(`${url}: ${response.status} ${await response.text()}`);
  }
  return (await response.json()) as T;
}

const exactly = <T>(rows: T[], what: string): T => {
  if (rows.length !== 1) throw new Error(`${rows.length} × ${what}, not one`);
  return rows[0];
};

/**
 * Counts at the services, with their administrators' tokens, what belongs to a person.
 *
 * @param sandbox - whose services; those of the sandbox under test when left out
 * @throws Error when the person has no account in a service, or more than one
 */
export async function ownedBy(
  email: string,
  project: string,
  sandbox: SandboxCredentials = credentials(),
): Promise<Resources> {
  const { gitea, coder, mattermost, twenty } = sandbox.services;

  const giteaHeaders = { Authorization: `token ${gitea.token}` };
  const giteaUsers = await json<
    Array<{ id: number; login: string; email: string }>
  >(`${gitea.url}/api/v1/admin/users?limit=50`, { headers: giteaHeaders });
  const giteaUser = exactly(
    giteaUsers.filter(user => user.email === email),
    `Gitea account of ${email}`,
  );
  const repositories = await json<Resources['repositories']>(
    `${gitea.url}/api/v1/users/${giteaUser.login}/repos`,
    { headers: giteaHeaders },
  );

  const coderHeaders = { 'Coder-Session-Token': coder.token };
  const { users } = await json<{
    users: Array<{ id: string; username: string; email: string }>;
  }>(`${coder.url}/api/v2/users?q=${encodeURIComponent(email)}`, {
    headers: coderHeaders,
  });
  const coderUser = exactly(
    users.filter(user => user.email === email),
    `Coder account of ${email}`,
  );
  const { workspaces } = await json<{ workspaces: Resources['workspaces'] }>(
    `${coder.url}/api/v2/workspaces?q=owner:${coderUser.username}`,
    { headers: coderHeaders },
  );

  const mattermostHeaders = { Authorization: `Bearer ${mattermost.token}` };
  const mattermostUser = await json<{ id: string }>(
    `${mattermost.url}/api/v4/users/email/${email}`,
    { headers: mattermostHeaders },
  );
  const teams = await json<Array<{ id: string; name: string }>>(
    `${mattermost.url}/api/v4/users/${mattermostUser.id}/teams`,
    { headers: mattermostHeaders },
  );
  // Whoever has no project yet may be in no team.
  const channels = teams.length
    ? await json<Array<{ name: string }>>(
        `${mattermost.url}/api/v4/users/${mattermostUser.id}/teams/${teams[0].id}/channels`,
        { headers: mattermostHeaders },
      )
    : [];

  type Edges = { edges: Array<{ node: { id: string } }> };
  const { data } = await json<{
    data: { people: Edges; opportunities: Edges };
  }>(`${twenty.url}/graphql`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${twenty.token}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      query: `query Owned($email: String, $name: String) {
          people(filter: { emails: { primaryEmail: { eq: $email } } }) { edges { node { id } } }
          opportunities(filter: { name: { ilike: $name } }) { edges { node { id } } }
        }`,
      variables: { email, name: `%${project}%` },
    }),
  });
  const ids = ({ edges }: Edges) => edges.map(({ node }) => node.id);
  const crmPeople = ids(data.people);

  return {
    accountIds: {
      gitea: giteaUser.id,
      coder: coderUser.id,
      mattermost: mattermostUser.id,
      twenty: exactly(crmPeople, `CRM record of ${email}`),
    },
    repositories: repositories.map(({ full_name, private: isPrivate }) => ({
      full_name,
      private: isPrivate,
    })),
    workspaces: workspaces.map(({ id, name, owner_name }) => ({
      id,
      name,
      owner_name,
    })),
    teams: teams.map(({ name }) => name),
    channels: channels.map(({ name }) => name).sort(),
    crmPeople,
    opportunities: ids(data.opportunities),
  };
}
