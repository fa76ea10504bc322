import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  MattermostAuth,
  MattermostClient,
  MattermostUser,
} from '@formulary/plugin-mattermost-node';
import { createUserExamples } from './createUser.examples';
import { findOrCreate } from './findOrCreate';

/**
 * `mattermost:create-user`: makes an account that is linked to the identity
 * provider. People of the catalog are better served by `platform:pre-provision-user`.
 *
 * @public
 */
export function createCreateUserAction(client: MattermostClient) {
  return createTemplateAction({
    id: 'mattermost:create-user',
    description:
      'Creates a Mattermost user who logs in through the identity provider. An account that is there already is left as it is. For people of the catalog use platform:pre-provision-user.',
    examples: createUserExamples,
    supportsDryRun: true,
    schema: {
      input: {
        username: z =>
          z
            .string()
            .max(64)
            .regex(/^[a-z0-9._-]+$/)
            .describe('Lower-case letters, digits, dots, hyphens, underscores'),
        email: z => z.string().email().max(128),
        firstName: z => z.string().max(64).optional(),
        lastName: z => z.string().max(64).optional(),
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
        userId: z => z.string(),
        username: z => z.string(),
        created: z => z.boolean(),
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
      if (ctx.isDryRun) {
        ctx.logger.info(`Would create the Mattermost user ${username}`);
        ctx.output('userId', 'dry-run');
        ctx.output('username', username);
        ctx.output('created', false);
        return;
      }
      const auth: MattermostAuth = { auth_service: mode, auth_data: authData };
      const { signal } = ctx;
      const user = await ctx.checkpoint({
        key: `user.${username}`,
        fn: () =>
          findOrCreate(
            async () =>
              (await client.users.byUsername(username, { signal })) ??
              client.users.byEmail(email, { signal }),
            () =>
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
          ),
      });
      requireSame(user.value, auth, username);
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
