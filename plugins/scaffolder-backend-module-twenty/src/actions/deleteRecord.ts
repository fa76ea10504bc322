import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { TaskAccess } from '@formulary/plugin-provisioning-node';
import { TwentyClient } from '@formulary/plugin-twenty-node';
import { isServiceError } from '@formulary/service-client-node';
import { deleteRecordExamples } from './deleteRecord.examples';
import { requireRecordId } from './inputRules';
import { ownEmail } from './ownEmail';

/**
 * `twenty:delete-record`: undoes a record that another action made. It is
 * soft-deleted: an admin of the workspace can bring it back.
 *
 * @public
 */
export function createDeleteRecordAction(options: {
  client: TwentyClient;
  taskAccess: TaskAccess;
}) {
  const { client, taskAccess } = options;
  return createTemplateAction({
    id: 'twenty:delete-record',
    description:
      "Deletes one record of Twenty, so that an admin can still restore it. Where there is none, nothing is done. People delete their own contact; whoever may manage others' resources deletes any record.",
    examples: deleteRecordExamples,
    supportsDryRun: true,
    schema: {
      input: {
        object: z =>
          z
            .enum(['person', 'company', 'opportunity'])
            .describe('Kind of the record'),
        id: z => z.string().describe('Id of the record'),
      },
      output: {
        deleted: z =>
          z.boolean().describe('Whether the record was deleted by this run'),
      },
    },
    async handler(ctx) {
      const { object, id } = ctx.input;
      const call = { signal: ctx.signal };
      requireRecordId('id', id);
      const credentials = await ctx.getInitiatorCredentials();
      const [found] = await client.records.existing(object, [{ id }], call);
      const isOwn =
        object === 'person' &&
        found?.unique !== undefined &&
        found.unique === (await ownEmail(taskAccess, credentials));
      if (!isOwn) {
        await taskAccess.requireManage(
          credentials,
          `The ${object} ${id} in Twenty is not your own contact, and only that is yours to delete. Ask an admin of the CRM`,
        );
      }
      ctx.output('deleted', false);
      if (!found || found.deleted) {
        ctx.logger.info(`There is no ${object} ${id} in Twenty: nothing to do`);
        return;
      }
      if (ctx.isDryRun) {
        ctx.logger.info(`Would delete the ${object} ${id}`);
        return;
      }
      try {
        await client.records.delete(object, id, call);
      } catch (error) {
        // Somebody else was faster.
        if (!isServiceError(error, 'not-found')) throw error;
        ctx.logger.info(`The ${object} ${id} was deleted in the meantime`);
        return;
      }
      ctx.logger.info(`Deleted the ${object} ${id}`);
      ctx.output('deleted', true);
    },
  });
}
