import { AuthService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { InputError, ResponseError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  PersonStatus,
  ProvisioningApi,
  Run,
} from '@formulary/plugin-provisioning-common';
import { rollbackOutput } from '@formulary/plugin-provisioning-node';
import { followRun, titleOf } from './followRun';
import { examples } from './preProvisionUser.examples';

/**
 * Makes the action `platform:pre-provision-user`: the provisioning engine
 * prepares a person's accounts, and the task waits and shows how it goes.
 *
 * It acts in the name of who started the task; the provisioning backend
 * decides for whom they may do it.
 *
 * @public
 */
export function createPreProvisionUserAction(options: {
  auth: AuthService;
  provisioning: ProvisioningApi;
}) {
  const { auth, provisioning } = options;
  return createTemplateAction({
    id: 'platform:pre-provision-user',
    description:
      "Prepares a person's accounts in the platform's services, so that their first login there lands on them",
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        userRef: z =>
          z
            .string()
            .optional()
            .describe(
              'Ref of the person, such as user:default/bob. Default: who started the task',
            ),
        services: z =>
          z
            .array(z.string())
            .optional()
            .describe(
              'Ids of services, such as gitea. Default: all that are set up',
            ),
      },
      output: {
        runId: z => z.string().describe('Id of the provisioning run'),
        person: z =>
          z
            .object({
              username: z
                .string()
                .describe('Username at the identity provider'),
              email: z.string().describe('E-mail address'),
              displayName: z.string().describe('Full name'),
              firstName: z.string().describe('First name, empty when unknown'),
              lastName: z.string().describe('Last name, empty when unknown'),
              organisation: z.string().describe('Alias of their organisation'),
            })
            .describe('The person, as the identity provider knows them'),
        accounts: z =>
          z
            .record(
              z.string(),
              z.object({
                username: z.string().optional().describe('Username there'),
                id: z.string().optional().describe('Id there'),
                url: z.string().optional().describe('Where it is opened'),
                state: z
                  .string()
                  .describe('State of the account, such as active'),
              }),
            )
            .describe('The accounts, by service'),
        changed: z =>
          z
            .boolean()
            .describe('Whether anything was created, adopted or updated'),
        rollback: z =>
          rollbackOutput(z).describe(
            'Always empty: accounts belong to the provisioning engine, which suspends and removes them, never to a template',
          ),
      },
    },
    async handler(ctx) {
      const { logger, signal } = ctx;
      const credentials = await ctx.getInitiatorCredentials();
      // Tokens are short-lived and a run may not be, so each call gets its own.
      const call = async () => ({
        signal,
        token: (
          await auth.getPluginRequestToken({
            onBehalfOf: credentials,
            targetPluginId: 'provisioning',
          })
        ).token,
      });
      const userRef = ctx.input.userRef ?? ctx.user?.ref;
      if (!userRef) {
        throw new InputError(
          'Say for whom in userRef: nobody is signed in who started this task',
        );
      }
      ctx.output('rollback', []);
      if (ctx.isDryRun) {
        const status = await provisioning
          .getPerson(userRef, await call())
          .catch(forPeople);
        const wanted = ctx.input.services?.join(', ') ?? 'all services';
        logger.info(
          `The accounts of ${userRef} in ${wanted} would be prepared`,
        );
        ctx.output('runId', 'dry-run');
        ctx.output('person', personOutput(status));
        ctx.output('accounts', expectedAccounts(status));
        ctx.output('changed', false);
        return;
      }

      // A repeated step joins the run that is under way, or finds all unchanged.
      const { run: requested, joined } = await provisioning
        .onboard({ userRef, services: ctx.input.services }, await call())
        .catch(forPeople);
      logger.info(
        joined
          ? `The accounts of ${userRef} are being prepared already; waiting for that`
          : `Preparing the accounts of ${userRef}`,
      );
      const { services } = await provisioning
        .getPerson(userRef, await call())
        .catch(forPeople);
      const run = await followRun(
        requested,
        async () =>
          provisioning.getRun(requested.id, await call()).catch(forPeople),
        { services, logger, signal },
      );
      const status = await provisioning
        .getPerson(userRef, await call())
        .catch(forPeople);
      assertSucceeded(run, status);
      ctx.output('runId', run.id);
      ctx.output('person', personOutput(status));
      ctx.output('accounts', accountsOutput(status));
      ctx.output(
        'changed',
        run.steps.some(({ outcome }) => outcome !== 'unchanged'),
      );
    },
  });
}

/** The backend's own words instead of the status line. */
function forPeople(error: unknown): never {
  throw error instanceof ResponseError
    ? new InputError(error.cause.message, error)
    : error;
}

function assertSucceeded(run: Run, { services }: PersonStatus) {
  if (run.state === 'succeeded') return;
  const failed = run.steps.filter(({ state }) => state === 'failed');
  const ready = run.steps
    .filter(({ state }) => state === 'succeeded')
    .map(step => titleOf(step, services));
  const reasons = failed.map(
    step => `${titleOf(step, services)}: ${step.message}`,
  );
  throw new InputError(
    [
      run.message ??
        `Not every account could be prepared. ${reasons.join('; ')}`,
      ...(ready.length > 0 ? [`Ready: ${ready.join(', ')}`] : []),
      'Start over when that is mended: what is ready is left as it is',
    ].join('. '),
  );
}

function personOutput({ person, userRef }: PersonStatus) {
  // Somebody who is not known yet is in a dry run only.
  const username = person?.username ?? parseEntityRef(userRef).name;
  return {
    username,
    email: person?.email ?? '',
    displayName: person?.displayName ?? username,
    firstName: person?.firstName ?? person?.displayName ?? username,
    lastName: person?.lastName ?? '',
    organisation: person?.organisation ?? '',
  };
}

/** Stands in for accounts that are not there yet, so that the steps after a dry run have names to work with. */
function expectedAccounts(status: PersonStatus) {
  const { username } = personOutput(status);
  return {
    ...Object.fromEntries(
      status.services.map(({ service, url }) => [
        service,
        { username, id: 'dry-run', url, state: 'pending' },
      ]),
    ),
    ...accountsOutput(status),
  };
}

function accountsOutput({ accounts, services }: PersonStatus) {
  return Object.fromEntries(
    accounts.map(({ service, username, externalId, state, ...account }) => {
      // The service's own page, where the account has none.
      const url =
        account.url ?? services.find(one => one.service === service)?.url;
      return [
        service,
        // What is not known must be left out: task outputs are JSON.
        {
          state,
          ...(username === undefined ? {} : { username }),
          ...(externalId === undefined ? {} : { id: externalId }),
          ...(url === undefined ? {} : { url }),
        },
      ];
    }),
  );
}
