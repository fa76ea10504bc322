import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { TwentyClient } from '@formulary/plugin-twenty-node';
import { createCompanyExamples } from './createCompany.examples';
import { findOrCreate } from './findOrCreate';

/**
 * `twenty:create-company`: makes sure that the CRM has a company, known by its
 * domain, or by its name where it has none.
 *
 * @public
 */
export function createCreateCompanyAction(client: TwentyClient) {
  return createTemplateAction({
    id: 'twenty:create-company',
    description:
      'Makes sure that Twenty has a company. One that is there already, by domain or else by name, is left as it is.',
    examples: createCompanyExamples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().min(1).max(200),
        domain: z =>
          z
            .string()
            .regex(
              /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i,
              'must be a domain such as acme.example',
            )
            .optional(),
      },
      output: {
        companyId: z => z.string(),
        companyUrl: z => z.string(),
        created: z => z.boolean().describe('Whether the company was created'),
      },
    },
    async handler(ctx) {
      const { name, domain } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would create the company ${name} unless there is one`);
        ctx.output('companyId', 'dry-run');
        ctx.output('companyUrl', client.recordUrl('company', 'dry-run'));
        ctx.output('created', false);
        return;
      }
      const options = { signal: ctx.signal };
      const { value: company, created } = await ctx.checkpoint({
        key: `twenty.create-company.${domain ?? name}`,
        fn: () =>
          findOrCreate(
            () =>
              domain
                ? client.companies.byDomain(domain, options)
                : client.companies.byName(name, options),
            () => client.companies.create({ name, domain }, options),
          ),
      });
      ctx.logger.info(
        created
          ? `Created the company ${name}`
          : `The company ${company.name} was there already and was left as it is`,
      );
      ctx.output('companyId', company.id);
      ctx.output('companyUrl', client.recordUrl('company', company.id));
      ctx.output('created', created);
    },
  });
}
