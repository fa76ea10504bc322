import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sandbox } from '../launch/paths.mjs';
import { step } from '../launch/progress.mjs';
import { BareProject } from './bareProject.mjs';
import { bareServices } from './bareServices.mjs';
import { runTemplate } from './formulaTask.mjs';
import { git, withToken } from './git.mjs';

/** The template whose runs are measured. */
export const FORMULA = 'template:default/fullstack-dev';

const PROJECTS = 5;
const DESCRIPTION = 'For a benchmark';
const TOPICS = ['formulary', 'fullstack-dev'];
const PARAMETERS = {
  cpu: 2,
  memory: 4,
  home_disk_size: 10,
  node_version: '24',
};

const runFormula = (portal, name) =>
  runTemplate(portal, FORMULA, {
    name,
    description: DESCRIPTION,
    ...PARAMETERS,
  });

/** Gets the files of a project that a formula made, to push the same ones by hand. */
async function fetchFiles(gitea, owner, name) {
  const directory = join(sandbox, 'files');
  await git(
    sandbox,
    'clone',
    '--quiet',
    withToken(`${gitea.url}/${owner}/${name}.git`, gitea.token),
    directory,
  );
  rmSync(join(directory, '.git'), { recursive: true });
  return directory;
}

/** A copy of a project's files for a project of another name. */
function copyFiles(directory, former, name) {
  const copy = join(sandbox, 'projects', name);
  cpSync(directory, copy, { recursive: true });
  const entity = join(copy, 'catalog-info.yaml');
  writeFileSync(entity, readFileSync(entity, 'utf8').replaceAll(former, name));
  return copy;
}

/**
 * Runs the formula and makes the like by hand, in turn, after one formula's run
 * that nobody counts and that makes the person's accounts.
 *
 * @param personName - username of whose projects they are; `portal` is in their name
 * @returns `runs` as of `runTemplate`, and `bares` as of `BareProject`, one for each project
 */
export async function timeProjects(portal, credentials, personName) {
  const first = 'warm-up';
  await step('Warming up with a first project', () =>
    runFormula(portal, first),
  );
  const { gitea } = credentials.services;
  const { username, email, organisation } = credentials.people.find(
    person => person.username === personName,
  );
  const files = await fetchFiles(gitea, username, first);
  const services = bareServices(credentials.services);
  const [{ id: subject }] = await services.keycloak.get(
    `/users?username=${username}&exact=true`,
  );
  const makeBare = name =>
    new BareProject({
      services,
      portal,
      person: { subject, username, email, organisation },
      project: {
        name,
        description: DESCRIPTION,
        parameters: PARAMETERS,
        topics: TOPICS,
        directory: copyFiles(files, first, name),
        giteaUrl: gitea.url,
        giteaToken: gitea.token,
      },
    }).make();
  await step('Warming up with a first project by hand', () =>
    makeBare('warm-up-by-hand'),
  );

  const runs = [];
  const bares = [];
  for (let count = 1; count <= PROJECTS; count += 1) {
    const title = `Project ${count} of ${PROJECTS}`;
    runs.push(
      await step(`${title}, the formula`, () =>
        runFormula(portal, `run-${count}`),
      ),
    );
    bares.push(
      await step(`${title}, by hand`, () => makeBare(`by-hand-${count}`)),
    );
  }
  return { runs, bares };
}
