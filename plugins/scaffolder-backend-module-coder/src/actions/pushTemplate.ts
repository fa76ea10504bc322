import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { CoderClient } from '@formulary/plugin-coder-node';

/**
 * `coder:push-template`: uploads a folder of the run's workspace as a template.
 *
 * @public
 */
export function pushTemplateAction(client: CoderClient) {
  return createTemplateAction({
    id: 'coder:push-template',
    description:
      'Uploads a folder as a Coder template and makes it the active version',
    examples: [
      {
        description: 'Push the folder coder-template',
        example: `steps:
  - id: push
    name: Push the template
    action: coder:push-template
    input:
      name: fullstack-dev
      sourcePath: coder-template
      versionName: 1.2.0
      message: Node 24
`,
      },
    ],
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the template in Coder'),
        sourcePath: z =>
          z
            .string()
            .optional()
            .describe("Folder in the run's workspace; all of it by default"),
        versionName: z => z.string().optional(),
        message: z => z.string().optional().describe('What changed'),
        displayName: z => z.string().optional(),
        description: z => z.string().max(127).optional(),
        icon: z => z.string().optional(),
      },
      output: {
        templateId: z => z.string(),
        versionId: z => z.string(),
        templateUrl: z => z.string(),
        outcome: z => z.enum(['created', 'updated', 'unchanged']),
      },
    },
    async handler(ctx) {
      const { logger, signal, input, workspacePath } = ctx;
      const { sourcePath = '.', ...wanted } = input;
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
