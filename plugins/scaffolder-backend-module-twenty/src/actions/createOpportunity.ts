import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { TwentyClient } from '@formulary/plugin-twenty-node';
import { createOpportunityExamples } from './createOpportunity.examples';
import { findOrCreate } from './findOrCreate';

/**
 * `twenty:create-opportunity`: makes sure that the CRM has an opportunity, known
 * by its name, point of contact and company together.
 *
 * @public
 */
export function createCreateOpportunityAction(client: TwentyClient) {
  return createTemplateAction({
    id: 'twenty:create-opportunity',
    description:
      'Makes sure that Twenty has an opportunity. One with the same name, point of contact and company is left as it is.',
    examples: createOpportunityExamples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().min(1).max(200),
        stage: z =>
          z
            .string()
            .optional()
            .describe(
              "One of the workspace's own stages, or a word that the configuration maps to one. Default: NEW",
            ),
        amount: z =>
          z
            .number()
            .nonnegative()
            .optional()
            .describe('In whole units of the currency'),
        currency: z =>
          z
            .string()
            .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR')
            .optional()
            .describe('Default: EUR'),
        closeDate: z => z.string().optional().describe('ISO 8601 date'),
        companyId: z => z.string().uuid().optional(),
        pointOfContactId: z => z.string().uuid().optional(),
      },
      output: {
        opportunityId: z => z.string(),
        opportunityUrl: z => z.string(),
        created: z =>
          z.boolean().describe('Whether the opportunity was created'),
      },
    },
    async handler(ctx) {
      const {
        name,
        amount,
        currency = 'EUR',
        closeDate,
        companyId,
        pointOfContactId,
      } = ctx.input;
      const stage = client.stageFor(ctx.input.stage ?? 'NEW');
      if (closeDate !== undefined && Number.isNaN(Date.parse(closeDate))) {
        throw new InputError(
          `closeDate must be a date such as 2030-12-31, not "${closeDate}"`,
        );
      }
      if (ctx.isDryRun) {
        ctx.logger.info(`Would create the opportunity ${name} (${stage})`);
        ctx.output('opportunityId', 'dry-run');
        ctx.output(
          'opportunityUrl',
          client.recordUrl('opportunity', 'dry-run'),
        );
        ctx.output('created', false);
        return;
      }
      const options = { signal: ctx.signal };
      const stages = await client.opportunities.stages(options);
      if (!stages.includes(stage)) {
        throw new InputError(
          `Twenty has no stage "${stage}" in this workspace. It has ${stages.join(
            ', ',
          )}`,
        );
      }
      const { value: opportunity, created } = await ctx.checkpoint({
        key: `twenty.create-opportunity.${name}.${companyId}.${pointOfContactId}`,
        fn: () =>
          findOrCreate(
            () =>
              client.opportunities.find(
                { name, companyId, pointOfContactId },
                options,
              ),
            () =>
              client.opportunities.create(
                {
                  name,
                  stage,
                  amount,
                  currency,
                  closeDate:
                    closeDate && new Date(Date.parse(closeDate)).toISOString(),
                  companyId,
                  pointOfContactId,
                },
                options,
              ),
          ),
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
    },
  });
}
