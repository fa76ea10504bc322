import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, sandbox } from '../launch/paths.mjs';
import { checkPorts } from '../launch/ports.mjs';
import { step } from '../launch/progress.mjs';
import { Api } from './api.mjs';
import { startSandbox } from './benchSandbox.mjs';
import { FORMULA, timeProjects } from './formulaProjects.mjs';
import {
  bareTimes,
  partsTable,
  repositoryVerdict,
  runVerdict,
  timesTable,
} from './formulaReport.mjs';
import { runTemplate } from './formulaTask.mjs';
import { circumstances, median } from './report.mjs';
import { writeRepositoryTemplates } from './repositoryTemplates.mjs';
import { Side } from './sides.mjs';
import { signIn } from './signIn.mjs';
import { until } from './until.mjs';

const PORT_BASE = 31100;
const PORTAL_PORT = 31150;
const REPOSITORIES = 3;

const PERSON = 'bob';
const OURS = 'template:default/bench-create-repository';
const STOCK = 'template:default/bench-publish-gitea';

/** Starts the portal with the templates of this benchmark beside the formulas. */
async function startPortal() {
  const templates = writeRepositoryTemplates(join(sandbox, 'templates'));
  const allow = [{ allow: ['Location', 'Template', 'Formula'] }];
  const side = new Side('formulary', root, PORTAL_PORT, {
    catalog: {
      locations: [join(root, 'catalog-info.yaml'), ...templates].map(
        target => ({ type: 'file', target, rules: allow }),
      ),
    },
  });
  await side.start();
  return side;
}

/** The portal's API in a developer's name, once the catalog has what is run. */
async function openPortal(url, login) {
  const token = await signIn(url, login);
  const portal = new Api(url, { Authorization: `Bearer ${token}` });
  for (const ref of [`user:default/${PERSON}`, FORMULA, OURS, STOCK]) {
    await until(`the catalog has ${ref}`, () =>
      portal.find(`/api/catalog/entities/by-name/${ref.replace(':', '/')}`),
    );
  }
  return portal;
}

/** Makes the person a member of their organisation in Gitea who may create repositories there, as our action demands. */
async function letCreateRepositories({ url, token }, organisation) {
  const gitea = new Api(`${url}/api/v1`, { Authorization: `token ${token}` });
  const { id } = await gitea.post(`/orgs/${organisation}/teams`, {
    name: 'makers',
    permission: 'write',
    can_create_org_repo: true,
    units: ['repo.code'],
  });
  await gitea.put(`/teams/${id}/members/${PERSON}`);
}

/** Makes private repositories of an organisation with both actions in turn, after one of ours that nobody counts. */
async function timeRepositories(portal, { people, services }) {
  const { organisation: owner } = people.find(
    person => person.username === PERSON,
  );
  await letCreateRepositories(services.gitea, owner);
  const make = async (template, name) => {
    const { steps } = await runTemplate(portal, template, {
      host: services.gitea.host,
      owner,
      name,
    });
    return steps.repository;
  };
  await step('Warming up with a first repository', () => make(OURS, 'warm-up'));
  const times = { ours: [], stock: [] };
  for (let count = 1; count <= REPOSITORIES; count += 1) {
    const title = `Repository ${count} of ${REPOSITORIES}`;
    times.ours.push(
      await step(`${title}, gitea:create-repository`, () =>
        make(OURS, `ours-${count}`),
      ),
    );
    times.stock.push(
      await step(`${title}, publish:gitea`, () =>
        make(STOCK, `stock-${count}`),
      ),
    );
  }
  return times;
}

/** Compares a formula's run to its bare calls, and our repository action to the stock one. @returns the exit code */
export async function run() {
  await checkPorts({
    'the sandbox under test': PORT_BASE + 1,
    'the portal under test': PORTAL_PORT,
  });
  await step('Starting the sandbox', () =>
    startSandbox(PORT_BASE, PORTAL_PORT),
  );
  const { url } = await step('Starting the portal', startPortal);
  const credentials = JSON.parse(
    readFileSync(join(sandbox, 'credentials.json'), 'utf8'),
  );
  const portal = await step('Signing in', () =>
    openPortal(
      url,
      credentials.people.find(({ username }) => username === PERSON),
    ),
  );
  const { runs, bares } = await timeProjects(portal, credentials, PERSON);
  const { ours, stock } = await timeRepositories(portal, credentials);

  const bareCalls = bares.map(bareTimes);
  const sums = bareCalls.map(({ sum }) => sum);
  const walls = runs.map(({ wall }) => wall);
  // The wait for the workspace is Coder's, the same on both sides and most of
  // the time: without it, nothing that a run adds hides behind it.
  const waiting = median(bareCalls.map(({ waiting: ms }) => ms));
  const without = times => times.map(ms => ms - waiting);
  const verdicts = [
    runVerdict("Formula's run", walls, sums),
    runVerdict(
      "Formula's run but for Coder's building",
      without(walls),
      without(sums),
    ),
    repositoryVerdict(ours, stock),
  ];
  process.stdout.write(`
${circumstances([
  '"bare calls": the same service calls made by hand, one after the other',
  '"publish:gitea": the stock action, same files, same organisation',
])}

${timesTable('project', {
  'formula, seen from outside': walls,
  'formula, by its events': runs.map(({ task }) => task),
  'bare calls': sums,
})}

${partsTable(
  "formula's step",
  runs.map(({ steps }) => Object.entries(steps)),
)}

${partsTable('bare call', bares)}

${timesTable('repository', {
  'gitea:create-repository': ours,
  'publish:gitea': stock,
})}

${verdicts.map(({ text }) => text).join('\n')}
`);
  return verdicts.every(({ kept }) => kept) ? 0 : 1;
}
