import { join } from 'node:path';
import { readArguments, HELP, Arguments } from './arguments';
import { BootstrapError } from './BootstrapError';
import { check } from './check';
import { bootstrapCoder } from './coder/bootstrapCoder';
import { readEnvFile, writeEnvFile } from './envFile';
import { bootstrapGitea } from './gitea/bootstrapGitea';
import { bootstrapKeycloak, signIn } from './keycloak/bootstrapKeycloak';
import { explained } from './keycloak/explain';
import { prepareJourneys } from './keycloak/journeys';
import { giveNumbers } from './keycloak/people';
import { Known } from './Known';
import { bootstrapMattermost } from './mattermost/bootstrapMattermost';
import { contractVariables, ownVariables } from './portalEnvironment';
import { Report } from './report';
import { writeSecrets } from './secrets';
import { readSettings, Service } from './settings';
import { bootstrapTwenty } from './twenty/bootstrapTwenty';

type Environment = Record<string, string | undefined>;

const prepare: Record<
  Service,
  (env: Environment, known: Known, report: Report) => Promise<void>
> = {
  keycloak: (env, known, report) =>
    bootstrapKeycloak(readSettings('keycloak', env), known, report),
  gitea: (env, known, report) =>
    bootstrapGitea(readSettings('gitea', env), known, report),
  coder: (env, known, report) =>
    bootstrapCoder(readSettings('coder', env), known, report),
  mattermost: (env, known, report) =>
    bootstrapMattermost(readSettings('mattermost', env), known, report),
  twenty: (env, known, report) =>
    bootstrapTwenty(readSettings('twenty', env), known, report),
};

/**
 * The program: reads its arguments and the environment, does one command.
 *
 * A service that can't be prepared does not keep the others from it.
 *
 * @param print - takes a line for people; never a secret
 * @returns exit code: 0 when everything is as it has to be
 * @throws BootstrapError when arguments or environment are wrong
 */
export async function bootstrap(
  argv: string[],
  env: Environment,
  print: (line: string) => void,
): Promise<number> {
  const args = readArguments(argv);
  if (args === 'help') {
    print(HELP);
    return 0;
  }
  const portalFile = join(args.output, 'portal.env');
  switch (args.command) {
    case 'secrets': {
      const file = join(args.directory, '.env');
      const made = writeSecrets(join(args.directory, '.env.example'), file);
      print(
        made.length > 0
          ? `${file}: random values for ${made.join(', ')}`
          : `${file}: every secret was there already`,
      );
      return 0;
    }
    case 'journeys': {
      const settings = readSettings('keycloak', env);
      await prepareJourneys(
        settings,
        readEnvFile(portalFile),
        join(args.output, 'journeys.json'),
        new Report(print),
      );
      return 0;
    }
    case 'numbers': {
      const settings = readSettings('keycloak', env);
      const admin = await signIn(settings);
      const given = await explained(
        settings.KEYCLOAK_URL,
        'give people their numbers',
        () => giveNumbers(admin, settings.KEYCLOAK_REALM),
      );
      print(`Keycloak: numbers given to ${given.join(', ') || 'nobody'}`);
      return 0;
    }
    case 'check': {
      const findings = await check(readEnvFile(portalFile), args.services);
      for (const { service, ok, message } of findings) {
        print(`${ok ? 'ok  ' : 'FAIL'} ${service}: ${message}`);
      }
      return findings.every(({ ok }) => ok) ? 0 : 1;
    }
    default:
      return apply(args, env, portalFile, print);
  }
}

async function apply(
  args: Arguments,
  env: Environment,
  portalFile: string,
  print: (line: string) => void,
): Promise<number> {
  const report = new Report(print);
  const known = new Known(portalFile);
  known.set(ownVariables(readSettings('portal', env)));
  const failed: Service[] = [];
  for (const service of args.services) {
    try {
      await prepare[service](env, known, report);
    } catch (error) {
      failed.push(service);
      report.note(
        `FAILED ${service}: ${
          error instanceof Error ? error.message : String(error)
        }`,
      );
    }
  }
  const variables = readEnvFile(portalFile);
  writeEnvFile(
    join(args.output, 'contract.env'),
    contractVariables(variables),
    'Environment of "yarn test:contract", written by "bootstrap". Secret.',
  );
  if (failed.length > 0) {
    throw new BootstrapError(
      `Not prepared: ${failed.join(
        ', ',
      )}. Mend what is said above and run the bootstrap again: what was done stays`,
    );
  }
  report.note(
    report.changed
      ? `Done. The portal's environment is in ${portalFile}`
      : 'Everything was there already',
  );
  return 0;
}
