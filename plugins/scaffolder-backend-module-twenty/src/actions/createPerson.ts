import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  createOnce,
  rollbackOutput,
  TaskAccess,
} from '@formulary/plugin-provisioning-node';
import {
  TwentyCallOptions,
  TwentyClient,
  TwentyPerson,
} from '@formulary/plugin-twenty-node';
import { createPersonExamples } from './createPerson.examples';
import { deletionOf } from './deletion';
import { requireEmail, requireRecordId } from './inputRules';
import { ownEmail } from './ownEmail';
import { requireCustomFields } from './requireFields';

/**
 * `twenty:create-person`: makes sure that the CRM has a person with an e-mail address.
 *
 * @public
 */
export function createCreatePersonAction(options: {
  client: TwentyClient;
  taskAccess: TaskAccess;
}) {
  const { client, taskAccess } = options;
  return createTemplateAction({
    id: 'twenty:create-person',
    description:
      "Makes sure that Twenty has a person with an e-mail address. A person who is there already is left as they are. One who was deleted is brought back, by themselves or by whoever may manage others' resources.",
    examples: createPersonExamples,
    supportsDryRun: true,
    schema: {
      input: {
        email: z =>
          z.string().describe('E-mail address; Twenty has each only once'),
        firstName: z => z.string().max(100).describe('First name'),
        lastName: z => z.string().max(100).describe('Last name'),
        jobTitle: z => z.string().max(200).optional().describe('Job title'),
        companyId: z =>
          z.string().optional().describe('Record id of the company'),
        company: z =>
          z
            .string()
            .optional()
            .describe('Name of the company, where its id is not known'),
        customFields: z =>
          z
            .record(z.unknown())
            .optional()
            .describe(
              "Values of fields that the workspace's admin added, by their API names",
            ),
      },
      output: {
        personId: z => z.string().describe('Id of the record'),
        personUrl: z => z.string().describe('Page of the record'),
        created: z => z.boolean().describe('Whether the person was created'),
        rollback: rollbackOutput,
      },
    },
    async handler(ctx) {
      const { email, company, ...wanted } = ctx.input;
      const call = { signal: ctx.signal };
      requireEmail(email);
      if (wanted.companyId !== undefined && !ctx.isDryRun) {
        requireRecordId('companyId', wanted.companyId);
      }
      await requireCustomFields(client, 'person', wanted.customFields, call);
      const known = await client.people.byEmail(email, call);
      // Hidden, but the address is still theirs: nobody else can have it.
      const deleted = known
        ? undefined
        : await client.people.deletedByEmail(email, call);
      if (deleted) {
        const credentials = await ctx.getInitiatorCredentials();
        if ((await ownEmail(taskAccess, credentials)) !== email.toLowerCase()) {
          await taskAccess.requireManage(
            credentials,
            `The person ${email} was deleted in Twenty, and bringing somebody else back changes their record. Ask an admin of the CRM to restore them`,
          );
        }
      }
      if (ctx.isDryRun) {
        ctx.logger.info(`Would create the person ${email} unless there is one`);
        ctx.output('personId', 'dry-run');
        ctx.output('personUrl', client.recordUrl('person', 'dry-run'));
        ctx.output('created', false);
        ctx.output('rollback', []);
        return;
      }
      if (deleted) {
        // Repeats well: the next look finds the person.
        await client.people.restore(deleted.id, call);
        ctx.logger.info(
          `The person ${email} had been deleted in Twenty and was brought back as they were`,
        );
      }
      const { value: person, created } = await createOnce<TwentyPerson>({
        checkpoint: checkpoint => ctx.checkpoint(checkpoint),
        key: `twenty.create-person.${email}`,
        find: async () =>
          known ?? deleted ?? (await client.people.byEmail(email, call)),
        create: async () => {
          const companyId =
            wanted.companyId ??
            (company ? await idOfCompany(client, company, call) : undefined);
          return client.people.create({ ...wanted, email, companyId }, call);
        },
      });
      if (!deleted) {
        ctx.logger.info(
          created
            ? `Created the person ${email}`
            : `The person ${email} was there already and was left as they are`,
        );
      }
      ctx.output('personId', person.id);
      ctx.output('personUrl', client.recordUrl('person', person.id));
      ctx.output('created', created);
      ctx.output(
        'rollback',
        created ? [deletionOf('person', person.id, email)] : [],
      );
    },
  });
}

async function idOfCompany(
  client: TwentyClient,
  name: string,
  call: TwentyCallOptions,
): Promise<string> {
  const found = await client.companies.byName(name, call);
  if (found) return found.id;
  throw new InputError(
    `Twenty has no company called "${name}". Create it first, with twenty:create-company for instance`,
  );
}
