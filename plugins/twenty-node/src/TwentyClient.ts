import { RootConfigService } from '@backstage/backend-plugin-api';
import {
  checkVersion,
  ServiceHttpClient,
  ServiceHttpClientOptions,
  VersionCheck,
} from '@formulary/service-client-node';
import { z } from 'zod';
import { missingFields } from './missingFields';
import { twentyVersions } from './supportedVersions';
import { TwentyCalls } from './TwentyCalls';
import { TwentyCompanies } from './TwentyCompanies';
import { TwentyOpportunities } from './TwentyOpportunities';
import { TwentyPeople } from './TwentyPeople';
import { TwentyObject, TwentyRecords } from './TwentyRecords';
import { TwentySchema } from './TwentySchema';
import { readTwentySettings, TwentySettings } from './settings';
import { TwentyCallOptions } from './types';

/** Attempts after the first, when the rate limit refuses an operation. */
const RATE_LIMIT_RETRIES = 3;

/**
 * Client of one Twenty workspace.
 *
 * Calls throw `ServiceError`, for errors in answers of HTTP 200 too.
 *
 * @public
 */
export class TwentyClient {
  /** Address at which people open the CRM, without a trailing slash. */
  readonly frontUrl: string;
  readonly people: TwentyPeople;
  readonly companies: TwentyCompanies;
  readonly opportunities: TwentyOpportunities;
  readonly records: TwentyRecords;
  readonly schema: TwentySchema;
  private readonly stages: Record<string, string>;
  private readonly calls: TwentyCalls;

  constructor(
    settings: TwentySettings,
    options: Pick<ServiceHttpClientOptions, 'timeoutMs' | 'retries'> & {
      /** Stands in for the clock in tests. */
      now?: () => number;
    } = {},
  ) {
    const { now = Date.now, ...http } = options;
    this.frontUrl = settings.frontUrl;
    this.calls = new TwentyCalls(
      new ServiceHttpClient({
        service: 'Twenty',
        configKey: 'twenty',
        baseUrl: settings.baseUrl,
        headers: { Authorization: `Bearer ${settings.token}` },
        secrets: [settings.token],
        parseError: () => ({}),
        ...http,
      }),
      [settings.token],
      options.retries ?? RATE_LIMIT_RETRIES,
    );
    this.people = new TwentyPeople(this.calls);
    this.companies = new TwentyCompanies(this.calls);
    this.opportunities = new TwentyOpportunities(this.calls, now);
    this.records = new TwentyRecords(this.calls);
    this.schema = new TwentySchema(this.calls, now);
    this.stages = settings.stages ?? {};
  }

  /**
   * A client from `twenty` in the configuration.
   *
   * @throws Error that names the key which is missing or wrong
   */
  static fromConfig(config: RootConfigService): TwentyClient {
    return new TwentyClient(readTwentySettings(config));
  }

  /** Whether the API key is good for the objects that are needed. @throws ServiceError when it is not */
  async check(options?: TwentyCallOptions): Promise<void> {
    await this.calls.run({
      document: `query Check { people(first: 1) { totalCount } opportunities(first: 1) { totalCount } }`,
      expect: z.unknown(),
      action: 'be read with the configured API key',
      ...options,
    });
  }

  /** The version of the server, where it tells. */
  async version(options?: TwentyCallOptions): Promise<string | undefined> {
    return this.calls.version(options);
  }

  /**
   * Whether the server's version is one of {@link twentyVersions}, where it
   * tells, and whether the workspace has the fields that are needed.
   */
  async checkVersion(options?: TwentyCallOptions): Promise<VersionCheck> {
    const version = await this.version(options);
    const check = version
      ? checkVersion('Twenty', version, twentyVersions)
      : {};
    if (check.problem) return check;
    const missing = await missingFields(this.calls, options);
    if (missing.length === 0) return check;
    return {
      ...check,
      problem: `The Twenty workspace lacks ${missing.join(
        ', ',
      )}. Upgrade Twenty, or let an admin activate what was deactivated in its data model`,
    };
  }

  /** The workspace's own stage for a word of ours; a word that the configuration does not map stands for itself. */
  stageFor(word: string): string {
    return this.stages[word] ?? word;
  }

  /** Page of a record (`packages/twenty-shared/src/types/AppPath.ts`). */
  recordUrl(object: TwentyObject, id: string): string {
    return `${this.frontUrl}/object/${object}/${encodeURIComponent(id)}`;
  }
}
