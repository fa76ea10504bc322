import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  MattermostAuth,
  MattermostClient,
  MattermostUser,
} from '@formulary/plugin-mattermost-node';
import {
  createOnce,
  rollbackOutput,
  TaskAccess,
} from '@formulary/plugin-provisioning-node';
import { z as zod } from 'zod';
import { requireActive } from './activeUser';
import { createUserExamples } from './createUser.examples';
import { explainRefusal } from './explainRefusal';
import { isOwnIdentity } from './isOwnIdentity';
import { requireUsername } from './names';

/**
 * `mattermost:create-user`: makes an account that is linked to the identity
 * provider. People of the catalog are better served by `platform:pre-provision-user`.
 *
 * @public
 */
export function createCreateUserAction(options: {
  client: MattermostClient;
  taskAccess: TaskAccess;
}) {
  const { client, taskAccess } = options;
  return createTemplateAction({
    id: 'mattermost:create-user',
    description:
      "Creates a Mattermost user who logs in through the identity provider. An account that is there already is left as it is. People create their own; whoever may manage others' resources creates anybody's. For people of the catalog use platform:pre-provision-user.",
    examples: createUserExamples,
    supportsDryRun: true,
    schema: {
      input: {
        username: z =>
          z
            .string()
            .describe(
              '1 to 64 lower-case letters, digits, dots, hyphens and underscores',
            ),
        email: z => z.string().max(128).describe('E-mail address'),
        firstName: z => z.string().max(64).optional().describe('First name'),
        lastName: z => z.string().max(64).optional().describe('Last name'),
        authData: z =>
          z
            .string()
            .min(1)
            .max(128)
            .describe(
              'What the identity provider sends at log-in: the sub claim, or the numeric id with the GitLab provider',
            ),
      },
      output: {
        userId: z => z.string().describe('Id of the user'),
        username: z => z.string().describe('Username, as Mattermost has it'),
        url: z => z.string().describe('Where the user logs in'),
        created: z => z.boolean().describe('Whether the user was created'),
        rollback: z =>
          rollbackOutput(z).describe(
            'Always empty: accounts are ended by the provisioning engine, never by undoing a template',
          ),
      },
    },
    async handler(ctx) {
      const { username, email, firstName, lastName, authData } = ctx.input;
      const { mode } = client.sso;
      if (mode === 'email') {
        throw new InputError(
          'mattermost:create-user needs single sign-on, and mattermost.sso.mode is "email". Use platform:pre-provision-user, which makes accounts with a password mail',
        );
      }
      requireUsername(username);
      if (!zod.email().safeParse(email).success) {
        throw new InputError(
          `Mattermost can not create the user ${username}: "${email}" is no e-mail address. Give one such as bob@acme.example`,
        );
      }
      const auth: MattermostAuth = { auth_service: mode, auth_data: authData };
      const credentials = await ctx.getInitiatorCredentials();
      const status = await taskAccess.getPerson(credentials);
      if (!isOwnIdentity(status, client.sso, { username, email, authData })) {
        await taskAccess.requireManage(
          credentials,
          `${username} with the e-mail ${email} and that authData is not you in Mattermost`,
        );
      }
      ctx.output('url', client.baseUrl);
      ctx.output('rollback', []);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would create the Mattermost user ${username}`);
        ctx.output('userId', 'dry-run');
        ctx.output('username', username);
        ctx.output('created', false);
        return;
      }
      const { signal } = ctx;
      const user = await explainRefusal(() =>
        createOnce<MattermostUser>({
          checkpoint: checkpoint => ctx.checkpoint(checkpoint),
          key: `user.${username}`,
          find: async () =>
            (await client.users.byUsername(username, { signal })) ??
            client.users.byEmail(email, { signal }),
          create: () =>
            client.users.create(
              {
                username,
                email,
                auth,
                first_name: firstName,
                last_name: lastName,
              },
              { signal },
            ),
        }),
      );
      requireSame(user.value, auth, username);
      requireActive(user.value);
      ctx.logger.info(
        user.created
          ? `Created the Mattermost user ${user.value.username}`
          : `The Mattermost user ${user.value.username} was there already and was left as it is`,
      );
      ctx.output('userId', user.value.id);
      ctx.output('username', user.value.username);
      ctx.output('created', user.created);
    },
  });
}

function requireSame(
  user: MattermostUser,
  auth: MattermostAuth,
  username: string,
) {
  if (
    user.auth_service !== auth.auth_service ||
    user.auth_data !== auth.auth_data
  ) {
    throw new InputError(
      `Mattermost could not create the user ${username}: the account ${user.username} has that name or e-mail, with another log-in. Choose another name, or ask an admin to link the account`,
    );
  }
}
