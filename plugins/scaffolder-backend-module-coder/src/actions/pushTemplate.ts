import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { CoderActionOptions } from '../access';
import { nameProblem } from '../names';
import { pushTemplateExamples } from './pushTemplate.examples';

/**
 * `coder:push-template`: uploads a folder of the run's workspace as a template.
 *
 * @public
 */
export function createPushTemplateAction(options: CoderActionOptions) {
  const { client, taskAccess } = options;
  return createTemplateAction({
    id: 'coder:push-template',
    description:
      'Uploads a folder as a Coder template and makes it the active version',
    examples: pushTemplateExamples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the template in Coder'),
        sourcePath: z =>
          z
            .string()
            .optional()
            .describe("Folder in the run's workspace; all of it by default"),
        versionName: z =>
          z
            .string()
            .optional()
            .describe(
              'Name of the version, unique in the template. Default: Coder makes one up',
            ),
        message: z => z.string().optional().describe('What changed'),
        displayName: z =>
          z
            .string()
            .optional()
            .describe('Name that people see of a new template'),
        description: z =>
          z.string().max(127).optional().describe('What a new template is for'),
        icon: z =>
          z
            .string()
            .optional()
            .describe('Path or address of an icon of a new template'),
      },
      output: {
        templateId: z => z.string().describe('Id of the template'),
        versionId: z => z.string().describe('Id of its active version'),
        templateUrl: z => z.string().describe('Page of the template'),
        outcome: z =>
          z
            .enum(['created', 'updated', 'unchanged'])
            .describe('unchanged when Coder had these files already'),
      },
    },
    async handler(ctx) {
      const { logger, signal, input, workspacePath } = ctx;
      const { sourcePath = '.', ...wanted } = input;
      await taskAccess.requireManage(
        await ctx.getInitiatorCredentials(),
        `Coder's template ${input.name} is everybody's, and you may not change it`,
      );
      const problem = nameProblem(input.name);
      if (problem) {
        throw new InputError(
          `Coder takes no template called "${input.name}": ${problem}. Choose another name`,
        );
      }
      const templateUrl = `${client.accessUrl}/templates/${input.name}`;
      ctx.output('templateUrl', templateUrl);
      if (ctx.isDryRun) {
        logger.info(`Dry run: would push the template ${input.name}`);
        ctx.output('templateId', 'dry-run');
        ctx.output('versionId', 'dry-run');
        ctx.output('outcome', 'unchanged');
        return;
      }
      const { template, versionId, outcome } = await client.templates.push({
        ...wanted,
        directory: resolveSafeChildPath(workspacePath, sourcePath),
        signal,
        onLog: line => logger.info(line.output.trim() || `${line.stage} …`),
      });
      logger.info(
        outcome === 'unchanged'
          ? `The template ${input.name} had these files already and was left as it is`
          : `The template ${input.name} was ${outcome}`,
      );
      ctx.output('templateId', template.id);
      ctx.output('versionId', versionId);
      ctx.output('outcome', outcome);
    },
  });
}
