import { createHash } from 'node:crypto';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import {
  TwentyCallOptions,
  TwentyClient,
  TwentyObject,
  TwentyRecordKey,
} from '@formulary/plugin-twenty-node';
import { isServiceError } from '@formulary/service-client-node';

/** A record in the shape of the API. */
export type TwentyRecord = Record<string, unknown>;

/** What {@link RecordWriter} works with. */
export interface RecordWriterOptions {
  client: TwentyClient;
  object: TwentyObject;
  checkpoint: ActionContext<Record<string, never>>['checkpoint'];
  call: TwentyCallOptions;
}

/** Makes or updates records, each batch once, and knows which were there before. */
export class RecordWriter {
  /** Whether the step looks for the first time, and is not one that goes on after a crash. */
  private isFirstRun = false;

  constructor(private readonly options: RecordWriterOptions) {}

  /** The records that were there before the step touched any. */
  async before(records: TwentyRecord[]): Promise<TwentyRecordKey[]> {
    const { client, object, checkpoint, call } = this.options;
    const { keys } = await checkpoint({
      key: `before.${digest(object, records)}`,
      fn: async () => {
        this.isFirstRun = true;
        const found = await client.records.existing(object, records, call);
        return { keys: found.map(key => ({ ...key })) };
      },
    });
    return keys;
  }

  /** Makes or changes records. Doing it again ends with the same. @returns their ids */
  async upsert(records: TwentyRecord[]): Promise<string[]> {
    const { client, object, checkpoint, call } = this.options;
    if (records.length === 0) return [];
    const { ids } = await checkpoint({
      key: `upsert.${digest(object, records)}`,
      fn: async () => ({
        ids: await client.records.upsert(object, records, call),
      }),
    });
    return ids;
  }

  /**
   * Makes records that were not there before, and changes none: what is there
   * by now was made by an earlier try of the step, or by somebody else.
   *
   * @returns their ids, and whether this step made them
   */
  async create(
    records: TwentyRecord[],
  ): Promise<{ ids: string[]; isOurs: boolean }> {
    const { client, object, checkpoint, call } = this.options;
    if (records.length === 0) return { ids: [], isOurs: true };
    return checkpoint({
      key: `create.${digest(object, records)}`,
      fn: async () => {
        try {
          const ids = await client.records.create(object, records, call);
          return { ids, isOurs: true };
        } catch (error) {
          if (!isServiceError(error, 'conflict', 'unavailable')) throw error;
          // A batch is made as a whole or not at all.
          const found = await client.records.existing(object, records, call);
          const live = found.filter(({ deleted }) => !deleted);
          if (live.length < records.length) throw error;
          return {
            ids: live.map(({ id }) => id),
            isOurs: error.kind === 'unavailable' || !this.isFirstRun,
          };
        }
      },
    });
  }
}

function digest(object: TwentyObject, records: TwentyRecord[]): string {
  return createHash('sha256')
    .update(JSON.stringify([object, records]))
    .digest('hex')
    .slice(0, 16);
}
