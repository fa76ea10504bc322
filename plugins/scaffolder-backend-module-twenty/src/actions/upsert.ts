import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { TwentyClient } from '@formulary/plugin-twenty-node';
import { upsertExamples } from './upsert.examples';

/** Field by which Twenty knows a record that has no id, as an input writes it. */
const KNOWN_BY = {
  person: 'emails.primaryEmail',
  company: 'domainName.primaryLinkUrl',
  opportunity: undefined,
};

/** Records in one step: ten calls of 60, a tenth of what Twenty allows in a minute. */
const MAX_RECORDS = 600;

/**
 * `twenty:upsert`: makes or updates records, with the fields of Twenty's API,
 * those that an admin added included.
 *
 * @public
 */
export function createUpsertAction(client: TwentyClient) {
  return createTemplateAction({
    id: 'twenty:upsert',
    description:
      'Makes or updates records in Twenty, with the fields of its API, custom fields included. A record is known by its id, a person also by emails.primaryEmail, a company also by domainName.primaryLinkUrl; what was deleted comes back.',
    examples: upsertExamples,
    supportsDryRun: true,
    schema: {
      input: {
        object: z => z.enum(['person', 'company', 'opportunity']),
        records: z =>
          z
            .array(z.record(z.unknown()))
            .min(1)
            .max(MAX_RECORDS)
            .describe('Each with the fields of the API'),
      },
      output: {
        ids: z => z.array(z.string()).describe('In no particular order'),
        count: z => z.number(),
      },
    },
    async handler(ctx) {
      const { object, records } = ctx.input;
      const unknown = records.findIndex(
        record => !client.records.isKnown(object, record),
      );
      if (unknown >= 0) {
        const field = KNOWN_BY[object];
        throw new InputError(
          `Record ${unknown + 1} has no id${
            field ? ` and no ${field}` : ''
          }: Twenty would make it anew each time that the step runs`,
        );
      }
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Would make or update ${records.length} records of the kind ${object}`,
        );
        ctx.output('ids', []);
        ctx.output('count', 0);
        return;
      }
      const ids = await client.records.upsert(object, records, {
        signal: ctx.signal,
      });
      ctx.logger.info(
        `${ids.length} records of the kind ${object} are in Twenty as given`,
      );
      ctx.output('ids', ids);
      ctx.output('count', ids.length);
    },
  });
}
