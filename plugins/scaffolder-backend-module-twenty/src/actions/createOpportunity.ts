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
  TwentyOpportunity,
} from '@formulary/plugin-twenty-node';
import { isServiceError } from '@formulary/service-client-node';
import { createOpportunityExamples } from './createOpportunity.examples';
import { deletionOf } from './deletion';
import {
  isoTime,
  requireAmount,
  requireCurrency,
  requireRecordId,
} from './inputRules';
import { requireCustomFields } from './requireFields';

/** Records that an opportunity belongs to. */
interface Relations {
  companyId?: string;
  pointOfContactId?: string;
}

/**
 * `twenty:create-opportunity`: makes sure that the CRM has an opportunity, known
 * by its name, point of contact and company together.
 *
 * @public
 */
export function createCreateOpportunityAction(options: {
  client: TwentyClient;
  /** Not asked: whoever may run the action may create, and it changes nothing that is there. */
  taskAccess: TaskAccess;
}) {
  const { client } = options;
  return createTemplateAction({
    id: 'twenty:create-opportunity',
    description:
      'Makes sure that Twenty has an opportunity. One with the same name, point of contact and company is left as it is.',
    examples: createOpportunityExamples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z.string().min(1).max(200).describe('Name of the opportunity'),
        stage: z =>
          z
            .string()
            .optional()
            .describe(
              "One of the workspace's own stages, or a word that the configuration maps to one. Default: NEW",
            ),
        amount: z =>
          z.number().optional().describe('In whole units of the currency'),
        currency: z =>
          z
            .string()
            .optional()
            .describe('ISO 4217 code such as USD. Default: EUR'),
        closeDate: z =>
          z.string().optional().describe('ISO 8601 date such as 2030-12-31'),
        companyId: z =>
          z.string().optional().describe('Record id of the company'),
        pointOfContactId: z =>
          z.string().optional().describe('Record id of the person'),
        customFields: z =>
          z
            .record(z.unknown())
            .optional()
            .describe(
              "Values of fields that the workspace's admin added, by their API names",
            ),
      },
      output: {
        opportunityId: z => z.string().describe('Id of the record'),
        opportunityUrl: z => z.string().describe('Page of the record'),
        created: z =>
          z.boolean().describe('Whether the opportunity was created'),
        rollback: rollbackOutput,
      },
    },
    async handler(ctx) {
      const { name, amount, currency = 'EUR', customFields } = ctx.input;
      const { companyId, pointOfContactId } = ctx.input;
      const call = { signal: ctx.signal };
      const stage = client.stageFor(ctx.input.stage ?? 'NEW');
      const closeDate =
        ctx.input.closeDate === undefined
          ? undefined
          : isoTime('closeDate', ctx.input.closeDate);
      if (amount !== undefined) requireAmount(amount);
      requireCurrency(currency);
      await requireCustomFields(client, 'opportunity', customFields, call);
      await requireStage(client, stage, call);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would create the opportunity ${name} (${stage})`);
        ctx.output('opportunityId', 'dry-run');
        ctx.output(
          'opportunityUrl',
          client.recordUrl('opportunity', 'dry-run'),
        );
        ctx.output('created', false);
        ctx.output('rollback', []);
        return;
      }
      const relations: Relations = { companyId, pointOfContactId };
      if (companyId) requireRecordId('companyId', companyId);
      if (pointOfContactId) {
        requireRecordId('pointOfContactId', pointOfContactId);
      }
      const { value: opportunity, created } =
        await createOnce<TwentyOpportunity>({
          checkpoint: checkpoint => ctx.checkpoint(checkpoint),
          key: `twenty.create-opportunity.${name}.${companyId}.${pointOfContactId}`,
          find: () => client.opportunities.find({ name, ...relations }, call),
          create: () =>
            client.opportunities.create(
              {
                name,
                stage,
                amount,
                currency,
                closeDate,
                ...relations,
                customFields,
              },
              call,
            ),
        }).catch(async error => {
          if (isServiceError(error, 'validation')) {
            await requireRelations(client, name, relations, call);
          }
          throw error;
        });
      ctx.logger.info(
        created
          ? `Created the opportunity ${name} (${opportunity.stage})`
          : `The opportunity ${name} was there already (${opportunity.stage}) and was left as it is`,
      );
      ctx.output('opportunityId', opportunity.id);
      ctx.output(
        'opportunityUrl',
        client.recordUrl('opportunity', opportunity.id),
      );
      ctx.output('created', created);
      ctx.output(
        'rollback',
        created ? [deletionOf('opportunity', opportunity.id, name)] : [],
      );
    },
  });
}

/** @throws InputError that lists the workspace's own stages */
async function requireStage(
  client: TwentyClient,
  stage: string,
  call: TwentyCallOptions,
) {
  const stages = await client.opportunities.stages(call);
  if (!stages.includes(stage)) {
    throw new InputError(
      `Twenty has no stage "${stage}" in this workspace. It has ${stages.join(
        ', ',
      )}. Choose one of these, or map the word to one in twenty.stages of the configuration`,
    );
  }
}

/** @throws InputError that names the record which is missing */
async function requireRelations(
  client: TwentyClient,
  name: string,
  { companyId, pointOfContactId }: Relations,
  call: TwentyCallOptions,
) {
  const relations = [
    { object: 'company', field: 'companyId', id: companyId },
    { object: 'person', field: 'pointOfContactId', id: pointOfContactId },
  ] as const;
  for (const { object, field, id } of relations) {
    if (id === undefined) continue;
    const found = await client.records.existing(object, [{ id }], call);
    if (found.length === 0) {
      throw new InputError(
        `Twenty could not create the opportunity ${name}: there is no ${object} with the id ${id} (${field}). Create it first, with twenty:create-${object} for instance`,
      );
    }
  }
}
