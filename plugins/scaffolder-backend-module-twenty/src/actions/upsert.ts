import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ForwardedError, InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  rollbackOutput,
  TaskAccess,
} from '@formulary/plugin-provisioning-node';
import {
  TwentyClient,
  TwentyObject,
  TwentyRecordKey,
} from '@formulary/plugin-twenty-node';
import { deletionOf } from './deletion';
import { requireEmail, requireRecordId } from './inputRules';
import { ownEmail } from './ownEmail';
import { RecordWriter, TwentyRecord } from './RecordWriter';
import { requireFields } from './requireFields';
import { upsertExamples } from './upsert.examples';

/** Field by which Twenty knows a record that has no id, as an input writes it. */
const KNOWN_BY = {
  person: 'emails.primaryEmail',
  company: 'domainName.primaryLinkUrl',
  opportunity: undefined,
};

/** Records in one step: ten calls of 60, a tenth of what Twenty allows in a minute. */
const MAX_RECORDS = 600;

/** Records that are written together: all or none of them. */
const BATCH = 60;

/**
 * `twenty:upsert`: makes or updates records, with the fields of Twenty's API,
 * those that an admin added included.
 *
 * @public
 */
export function createUpsertAction(options: {
  client: TwentyClient;
  taskAccess: TaskAccess;
}) {
  const { client, taskAccess } = options;
  return createTemplateAction({
    id: 'twenty:upsert',
    description:
      "Makes or updates records in Twenty, with the fields of its API, custom fields included. A record is known by its id, a person also by emails.primaryEmail, a company also by domainName.primaryLinkUrl; what was deleted comes back. People make new records and change their own contact; whoever may manage others' resources changes any.",
    examples: upsertExamples,
    supportsDryRun: true,
    schema: {
      input: {
        object: z =>
          z
            .enum(['person', 'company', 'opportunity'])
            .describe('Kind of the records'),
        records: z =>
          z
            .array(z.record(z.unknown()))
            .min(1)
            .max(MAX_RECORDS)
            .describe('Each with the fields of the API'),
      },
      output: {
        ids: z => z.array(z.string()).describe('In no particular order'),
        urls: z =>
          z
            .array(z.string())
            .describe('Pages of the records, in the order of the ids'),
        count: z => z.number().describe('How many there are'),
        created: z => z.boolean().describe('Whether any was not there before'),
        rollback: z =>
          rollbackOutput(z).describe(
            'How the records that were created are deleted; changes to others are not undone',
          ),
      },
    },
    async handler(ctx) {
      const { object, records } = ctx.input;
      const call = { signal: ctx.signal };
      requireKnown(client, object, records);
      await requireFields(
        client,
        object,
        [...new Set(records.flatMap(record => Object.keys(record)))],
        call,
      );
      const writer = new RecordWriter({
        client,
        object,
        checkpoint: checkpoint => ctx.checkpoint(checkpoint),
        call,
      });
      const before = await writer.before(records);
      const credentials = await ctx.getInitiatorCredentials();
      const mayManage = await taskAccess.mayManage(credentials);
      const touched = (record: TwentyRecord) =>
        keysOf(client, object, record, before).length > 0;
      if (!mayManage) {
        await requireOwn(taskAccess, credentials, object, before);
      }
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Would make or update ${records.length} records of the kind ${object}`,
        );
        ctx.output('ids', []);
        ctx.output('urls', []);
        ctx.output('count', 0);
        ctx.output('created', false);
        ctx.output('rollback', []);
        return;
      }

      const ids: string[] = [];
      const created: string[] = [];
      try {
        for (let start = 0; start < records.length; start += BATCH) {
          const batch = records.slice(start, start + BATCH);
          // An upsert may change whatever it meets, so that only what was looked at and allowed is upserted.
          const changing = mayManage ? batch : batch.filter(touched);
          const making = batch.filter(record => !changing.includes(record));
          const made = await writer.create(making);
          const upserted = await writer.upsert(changing);
          ids.push(...made.ids, ...upserted);
          created.push(
            ...(made.isOurs ? made.ids : []),
            ...upserted.filter(id => !before.some(key => key.id === id)),
          );
        }
      } catch (error) {
        if (ids.length === 0) throw error;
        throw new ForwardedError(
          `twenty:upsert could not be finished: ${ids.length} of ${
            records.length
          } records of the kind ${object} are in Twenty as given (${ids.join(
            ', ',
          )}), and the next try goes on from them`,
          error,
        );
      }
      ctx.logger.info(
        `${ids.length} records of the kind ${object} are in Twenty as given; ${created.length} of them are new`,
      );
      ctx.output('ids', ids);
      ctx.output(
        'urls',
        ids.map(id => client.recordUrl(object, id)),
      );
      ctx.output('count', ids.length);
      ctx.output('created', created.length > 0);
      ctx.output(
        'rollback',
        created.map(id => deletionOf(object, id, id)).reverse(),
      );
    },
  });
}

/** @throws InputError for a record that Twenty would make anew each time, or could not take */
function requireKnown(
  client: TwentyClient,
  object: TwentyObject,
  records: TwentyRecord[],
) {
  const seen = new Map<string, number>();
  records.forEach((record, index) => {
    const name = `Record ${index + 1}`;
    if (!client.records.isKnown(object, record)) {
      const field = KNOWN_BY[object];
      throw new InputError(
        `${name} has no id${
          field ? ` and no ${field}` : ''
        }: Twenty would make it anew each time that the step runs. Add it`,
      );
    }
    const { id } = record;
    if (typeof id === 'string')
      requireRecordId(`id of record ${index + 1}`, id);
    const unique = client.records.uniqueOf(object, record);
    if (object === 'person' && unique !== undefined) requireEmail(unique);
    for (const key of [id, unique]) {
      if (typeof key !== 'string') continue;
      const earlier = seen.get(key);
      if (earlier !== undefined) {
        throw new InputError(
          `${name} and record ${
            earlier + 1
          } are the same ${object} to Twenty (${key}). Leave one of them out`,
        );
      }
      seen.set(key, index);
    }
  });
}

/** The records of the workspace that a given one means, by its id or its unique value. */
function keysOf(
  client: TwentyClient,
  object: TwentyObject,
  record: TwentyRecord,
  before: TwentyRecordKey[],
): TwentyRecordKey[] {
  const unique = client.records.uniqueOf(object, record);
  return before.filter(
    key =>
      key.id === record.id || (unique !== undefined && key.unique === unique),
  );
}

/** @throws NotAllowedError when anything but the own contact would be changed */
async function requireOwn(
  taskAccess: TaskAccess,
  credentials: BackstageCredentials,
  object: TwentyObject,
  before: TwentyRecordKey[],
) {
  const email = await ownEmail(taskAccess, credentials);
  const foreign = before.find(
    ({ unique }) => object !== 'person' || !unique || unique !== email,
  );
  if (foreign) {
    await taskAccess.requireManage(
      credentials,
      `The ${object} ${
        foreign.unique ?? foreign.id
      } is in Twenty already, and is not your own contact: you may make new records, not change others. Leave it out, or ask an admin of the CRM`,
    );
  }
}
