import { git, withToken } from './git.mjs';
import { until } from './until.mjs';

const FIND_PERSON = `query People($filter: PersonFilterInput) {
  people(filter: $filter, first: 1) { edges { node { id } } } }`;
const FIND_OPPORTUNITY = `query Opportunities($filter: OpportunityFilterInput) {
  opportunities(filter: $filter, first: 1) { edges { node { id } } } }`;
const CREATE_OPPORTUNITY = `mutation CreateOpportunity($data: OpportunityCreateInput!) {
  createOpportunity(data: $data) { id } }`;

/** How often Coder is asked how far it is, in milliseconds. */
const LOOK_MS = 20;

/**
 * What the formula `fullstack-dev` makes for somebody who has their accounts,
 * made by hand: the calls of the services one after the other, each once.
 *
 * It is the baseline of a formula's run, so it has what a run can't do without
 * and nothing that would flatter the run:
 *
 * - The looks before each create are in it, because a script without them
 *   breaks when it runs again. Second looks, health checks and logs are not.
 * - Waiting until the workspace is built and its agent is ready is in it, as it
 *   is most of the time on both sides. The short interval keeps the baseline
 *   free of waiting that only polling makes.
 * - The same files are pushed, with the git program, and the workspace has the
 *   same parameters. Getting tokens, and writing the files from their template,
 *   are not in it.
 */
export class BareProject {
  #times = [];

  /**
   * @param services - as of `bareServices`
   * @param portal - API of the portal, for the catalog
   * @param person - `subject`, `username`, `email` and `organisation`
   * @param project - `name`, `description`, `parameters`, `topics`, `directory` with
   *   its files, and `giteaUrl` and `giteaToken` to push them with
   */
  constructor({ services, portal, person, project }) {
    Object.assign(this, { services, portal, person, project });
  }

  /** Makes everything. @returns pairs of what a call does and its milliseconds */
  async make() {
    const { memberId, contactId } = await this.#findAccounts();
    await this.#joinChannel(memberId);
    await this.#addOpportunity(contactId);
    await this.#createRepository();
    await this.#startWorkspace();
    await this.#register();
    return this.#times;
  }

  async #call(what, work) {
    const since = performance.now();
    const result = await work();
    this.#times.push([what, performance.now() - since]);
    return result;
  }

  async #findAccounts() {
    const { keycloak, gitea, coder, mattermost, twenty } = this.services;
    const { subject, email } = this.person;
    await this.#call('keycloak: person', () =>
      keycloak.get(`/users/${subject}`),
    );
    await this.#call('keycloak: groups', () =>
      keycloak.get(`/users/${subject}/groups`),
    );
    await this.#call('keycloak: organisations', () =>
      keycloak.get(`/organizations/members/${subject}/organizations`),
    );
    await this.#call('gitea: account', () =>
      gitea.get(`/admin/users?source_id=1&login_name=${subject}`),
    );
    await this.#call('coder: account', () => coder.get(`/users?q=${email}`));
    const member = await this.#call('mattermost: account', () =>
      mattermost.get(`/users/email/${email}`),
    );
    const { people } = await this.#call('twenty: person', () =>
      twenty.graphql(FIND_PERSON, {
        filter: { emails: { primaryEmail: { ilike: email } } },
      }),
    );
    return { memberId: member.id, contactId: people.edges[0].node.id };
  }

  async #joinChannel(memberId) {
    const { mattermost } = this.services;
    const { name, description } = this.project;
    const team = await this.#call('mattermost: team', () =>
      mattermost.get(`/teams/name/${this.person.organisation}`),
    );
    await this.#call('mattermost: membership of the team', () =>
      mattermost.get(`/teams/${team.id}/members/${memberId}`),
    );
    await this.#call('mattermost: look for the channel', () =>
      mattermost.find(`/teams/${team.id}/channels/name/${name}`),
    );
    const channel = await this.#call('mattermost: create the channel', () =>
      mattermost.post('/channels', {
        team_id: team.id,
        name,
        display_name: name,
        purpose: description,
        type: 'O',
      }),
    );
    await this.#call('mattermost: join the channel', () =>
      mattermost.post(`/channels/${channel.id}/members`, { user_id: memberId }),
    );
  }

  async #addOpportunity(pointOfContactId) {
    const { twenty } = this.services;
    const { name } = this.project;
    await this.#call('twenty: look for the opportunity', () =>
      twenty.graphql(FIND_OPPORTUNITY, {
        filter: {
          name: { eq: name },
          pointOfContactId: { eq: pointOfContactId },
        },
      }),
    );
    await this.#call('twenty: create the opportunity', () =>
      twenty.graphql(CREATE_OPPORTUNITY, { data: { name, pointOfContactId } }),
    );
  }

  async #createRepository() {
    const { gitea } = this.services;
    const { username } = this.person;
    const { name, description, topics, directory, giteaToken } = this.project;
    const path = `/repos/${username}/${name}`;
    await this.#call('gitea: look for the repository', () => gitea.find(path));
    await this.#call('gitea: create the repository', () =>
      gitea.post(`/admin/users/${username}/repos`, {
        name,
        description,
        private: true,
        default_branch: 'main',
      }),
    );
    await this.#call('git: commit and push', async () => {
      const remote = withToken(`${this.#repositoryUrl}.git`, giteaToken);
      await git(directory, 'init', '--quiet', '--initial-branch', 'main');
      await git(directory, 'add', '--all');
      await git(directory, 'commit', '--quiet', '--message', 'Start');
      await git(directory, 'push', '--quiet', remote, 'main');
    });
    await this.#call('gitea: topics', () =>
      gitea.put(`${path}/topics`, { topics }),
    );
  }

  async #startWorkspace() {
    const { coder } = this.services;
    const { username } = this.person;
    const { name, parameters } = this.project;
    const template = await this.#call('coder: template', () =>
      coder.get('/organizations/default/templates/fullstack-dev'),
    );
    await this.#call('coder: parameters', () =>
      coder.get(
        `/templateversions/${template.active_version_id}/rich-parameters`,
      ),
    );
    await this.#call('coder: look for the workspace', () =>
      coder.find(`/users/${username}/workspace/${name}`),
    );
    const workspace = await this.#call('coder: create the workspace', () =>
      coder.post(`/users/${username}/workspaces`, {
        template_id: template.id,
        name,
        rich_parameter_values: Object.entries({
          ...parameters,
          git_repo: `${this.#repositoryUrl}.git`,
        }).map(([key, value]) => ({ name: key, value: String(value) })),
      }),
    );
    await this.#call('coder: wait for the build', () =>
      until(
        `the workspace ${name} is built`,
        async () => {
          const { job } = await coder.get(
            `/workspacebuilds/${workspace.latest_build.id}`,
          );
          return job.status === 'succeeded' || undefined;
        },
        { intervalMs: LOOK_MS },
      ),
    );
    await this.#call('coder: wait for the agent', () =>
      until(
        `the agent of the workspace ${name} is ready`,
        async () => {
          const { latest_build: build } = await coder.get(
            `/workspaces/${workspace.id}`,
          );
          const agents = build.resources.flatMap(resource => resource.agents);
          return (
            agents.every(agent => agent.lifecycle_state === 'ready') ||
            undefined
          );
        },
        { intervalMs: LOOK_MS },
      ),
    );
  }

  async #register() {
    await this.#call('portal: register in the catalog', () =>
      this.portal.post('/api/catalog/locations', {
        type: 'url',
        target: `${this.#repositoryUrl}/src/branch/main/catalog-info.yaml`,
      }),
    );
  }

  get #repositoryUrl() {
    return `${this.project.giteaUrl}/${this.person.username}/${this.project.name}`;
  }
}
