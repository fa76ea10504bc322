import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  createOnce,
  rollbackOutput,
  TaskAccess,
} from '@formulary/plugin-provisioning-node';
import { TwentyClient, TwentyCompany } from '@formulary/plugin-twenty-node';
import { isServiceError } from '@formulary/service-client-node';
import { createCompanyExamples } from './createCompany.examples';
import { deletionOf } from './deletion';
import { requireDomain } from './inputRules';
import { requireCustomFields } from './requireFields';

/**
 * `twenty:create-company`: makes sure that the CRM has a company, known by its
 * domain, or by its name where it has none.
 *
 * @public
 */
export function createCreateCompanyAction(options: {
  client: TwentyClient;
  /** Not asked: whoever may run the action may create, and it changes nothing that is there. */
  taskAccess: TaskAccess;
}) {
  const { client } = options;
  return createTemplateAction({
    id: 'twenty:create-company',
    description:
      'Makes sure that Twenty has a company. One that is there already, by domain or else by name, is left as it is.',
    examples: createCompanyExamples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().min(1).max(200).describe('Name of the company'),
        domain: z =>
          z
            .string()
            .optional()
            .describe('Domain such as acme.example; Twenty has each only once'),
        customFields: z =>
          z
            .record(z.unknown())
            .optional()
            .describe(
              "Values of fields that the workspace's admin added, by their API names",
            ),
      },
      output: {
        companyId: z => z.string().describe('Id of the record'),
        companyUrl: z => z.string().describe('Page of the record'),
        created: z => z.boolean().describe('Whether the company was created'),
        rollback: rollbackOutput,
      },
    },
    async handler(ctx) {
      const { name, domain, customFields } = ctx.input;
      const call = { signal: ctx.signal };
      if (domain !== undefined) requireDomain(domain);
      await requireCustomFields(client, 'company', customFields, call);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would create the company ${name} unless there is one`);
        ctx.output('companyId', 'dry-run');
        ctx.output('companyUrl', client.recordUrl('company', 'dry-run'));
        ctx.output('created', false);
        ctx.output('rollback', []);
        return;
      }
      const { value: company, created } = await createOnce<TwentyCompany>({
        checkpoint: checkpoint => ctx.checkpoint(checkpoint),
        key: `twenty.create-company.${domain ?? name}`,
        find: () =>
          domain
            ? client.companies.byDomain(domain, call)
            : client.companies.byName(name, call),
        create: () =>
          client.companies.create({ name, domain, customFields }, call),
      }).catch(error => {
        throw isServiceError(error, 'conflict')
          ? new InputError(
              `Twenty could not create the company ${name}: a deleted company has the domain ${domain}. Ask an admin of the CRM to restore it, or to delete it for good`,
              error,
            )
          : error;
      });
      ctx.logger.info(
        created
          ? `Created the company ${name}`
          : `The company ${company.name} was there already and was left as it is`,
      );
      ctx.output('companyId', company.id);
      ctx.output('companyUrl', client.recordUrl('company', company.id));
      ctx.output('created', created);
      ctx.output(
        'rollback',
        created ? [deletionOf('company', company.id, name)] : [],
      );
    },
  });
}
