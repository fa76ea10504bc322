import { note } from '../launch/progress.mjs';
import { table } from '../launch/table.mjs';
import { chainProblems } from './chains.mjs';

const SHOWN_PROBLEMS = 10;

/** Prints what was counted; the exit code: 0 when nothing is missing, double, wrong or stuck. */
export function report({
  options,
  helped,
  persons,
  verdicts,
  runs,
  unfinished,
  deliveries,
}) {
  const columns = ['right', 'missing', 'double', 'wrong', 'stray'];
  note(
    `\n${table([
      ['accounts', ...columns],
      ...Object.entries(verdicts).map(([service, counts]) => [
        service,
        ...columns.map(column => String(counts[column])),
      ]),
    ])}\n`,
  );
  const broken = runs.flatMap(run =>
    chainProblems(run).map(problem => `run of ${run.username} ${problem}`),
  );
  const attempts = runs.flatMap(({ events }) =>
    events.filter(({ type }) => type === 'step.started'),
  ).length;
  const refused = runs.filter(({ steps }) => steps.length === 0).length;
  const left = Object.entries(unfinished)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
  note(`Persons: ${persons.length}, ${helped} of them told of again`);
  note(
    `Runs: ${runs.length}, ${refused} of them refused before there was an organisation; attempts of steps: ${attempts}`,
  );
  note(`Deliveries: ${deliveries}`);
  note(`Left to be done: ${left}`);
  note(`Broken event chains: ${broken.length}`);
  broken.slice(0, SHOWN_PROBLEMS).forEach(problem => note(`  ${problem}`));

  const allRight = Object.values(verdicts).every(
    ({ right, double, stray }) =>
      right === persons.length && double === 0 && stray === 0,
  );
  const allDone = Object.values(unfinished).every(count => count === 0);
  const holds = allRight && allDone && broken.length === 0;
  note(
    holds
      ? `\nHeld: everybody has exactly one account in each service, nothing is lost, doubled or stuck.`
      : `\nBROKEN. Repeat it with --seed ${options.seed}${
          options.replicas > 1 ? ' --long' : ''
        }`,
  );
  return holds ? 0 : 1;
}
