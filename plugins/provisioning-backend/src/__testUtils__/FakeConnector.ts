import { ServiceId } from '@formulary/plugin-provisioning-common';
import {
  ConnectorCallOptions,
  ConnectorListing,
  EnsureResult,
  LinkCheck,
  ListedAccount,
  ObservedAccount,
  RemoveOptions,
  ServiceConnector,
  ServiceHealth,
} from '@formulary/plugin-provisioning-node';
import { Person } from '@formulary/plugin-provisioning-common';
import { FakeEntitlements } from './FakeEntitlements';

/** What a fake does instead of, or before, making the account. */
export type Behaviour = (
  person: Person,
  options: ConnectorCallOptions,
) => Promise<void>;

/** Accounts a page of the list. */
const LISTED_PAGE = 50;

/** A service in memory whose next calls can be made to fail or wait. */
export class FakeConnector implements ServiceConnector {
  readonly title: string;
  readonly url: string;
  calls = 0;
  /** Times that somebody looked for an account. */
  looks = 0;
  /** What happens before each look. */
  onLook?: (person: Person) => Promise<void> | void;
  /** What happens before each call that would change something. */
  onCall?: (person: Person) => Promise<void>;
  /** Subjects whose log-in would not land on their account. */
  readonly unlinked = new Set<string>();
  blocksLogins?: boolean;
  readonly entitlements = new FakeEntitlements();
  readonly listing: ConnectorListing | undefined;
  /** Accounts that no call of the engine made. */
  readonly strangers: ListedAccount[] = [];
  /** Pages of the list that were read. */
  pages = 0;
  /** What happens before each page. */
  onPage?: () => Promise<void> | void;
  /** Ids of accounts that were blocked, in order. */
  readonly blocked: string[] = [];
  /** Subjects whose account was used, and how. */
  readonly used = new Map<string, string>();
  /** Keeps removed accounts, suspended. */
  keepsRemoved = false;
  /** Subjects whose account was removed, in order. */
  readonly removals: string[] = [];
  private readonly next: Behaviour[] = [];

  /** @param accounts - by subject; one more than once would be a duplicate */
  constructor(
    readonly service: ServiceId,
    readonly accounts = new Map<string, ObservedAccount>(),
  ) {
    this.title = service[0].toUpperCase() + service.slice(1);
    this.url = `http://${service}.example`;
    this.listing = this.createListing();
  }

  /** What the next calls do, one each; later calls just succeed. */
  willDo(...behaviours: Behaviour[]): void {
    this.next.push(...behaviours);
  }

  async find(person: Person): Promise<ObservedAccount | undefined> {
    this.looks += 1;
    await this.onLook?.(person);
    return this.accounts.get(person.subject);
  }

  async ensure(
    person: Person,
    options: ConnectorCallOptions = {},
  ): Promise<EnsureResult> {
    await this.begin(person, options);
    const existing = this.accounts.get(person.subject);
    if (existing?.email && existing.email !== person.email) {
      const changed = { ...existing, email: person.email };
      this.accounts.set(person.subject, changed);
      return { outcome: 'updated', account: changed };
    }
    if (existing) return { outcome: 'unchanged', account: existing };
    const account: ObservedAccount = {
      service: this.service,
      state: 'active',
      externalId: String(this.accounts.size + 1),
      username: person.username,
      url: `${this.url}/${person.username}`,
    };
    this.accounts.set(person.subject, account);
    return { outcome: 'created', account };
  }

  async verifyLink(person: Person): Promise<LinkCheck> {
    const linked =
      this.accounts.has(person.subject) && !this.unlinked.has(person.subject);
    return { linked, reason: linked ? 'has an account' : 'has none' };
  }

  async suspend(
    person: Person,
    options: ConnectorCallOptions = {},
  ): Promise<void> {
    await this.change(person, options, 'suspended');
  }

  async restore(
    person: Person,
    options: ConnectorCallOptions = {},
  ): Promise<void> {
    await this.change(person, options, 'active');
  }

  async remove(person: Person, options: RemoveOptions = {}): Promise<void> {
    await this.begin(person, options);
    const account = this.accounts.get(person.subject);
    if (!account) return;
    this.removals.push(person.subject);
    if (this.keepsRemoved) {
      this.accounts.set(person.subject, { ...account, state: 'suspended' });
    } else {
      this.accounts.delete(person.subject);
    }
  }

  async inUse(person: Person): Promise<string | undefined> {
    return this.used.get(person.subject);
  }

  private async begin(person: Person, options: ConnectorCallOptions) {
    this.calls += 1;
    await this.onCall?.(person);
    await this.next.shift()?.(person, options);
  }

  private async change(
    person: Person,
    options: ConnectorCallOptions,
    state: ObservedAccount['state'],
  ) {
    await this.begin(person, options);
    const account = this.accounts.get(person.subject);
    if (account) this.accounts.set(person.subject, { ...account, state });
  }

  private createListing(): ConnectorListing {
    const all = () => [
      ...[...this.accounts].map(
        ([subject, account]): ListedAccount => ({
          externalId: account.externalId ?? subject,
          username: account.username ?? '',
          email: account.email,
          state: account.state === 'suspended' ? 'suspended' : 'active',
          subject,
        }),
      ),
      ...this.strangers,
    ];
    return {
      page: async ({ after = '0' } = {}) => {
        this.pages += 1;
        await this.onPage?.();
        const from = Number(after);
        const accounts = all().slice(from, from + LISTED_PAGE);
        return {
          accounts,
          ...(accounts.length > 0
            ? { next: String(from + accounts.length) }
            : {}),
        };
      },
      get: async ({ externalId }) =>
        all().find(account => account.externalId === externalId),
      block: async ({ externalId }) => {
        this.blocked.push(externalId);
        const stranger = this.strangers.find(
          account => account.externalId === externalId,
        );
        if (stranger) stranger.state = 'suspended';
      },
    };
  }

  async health(): Promise<ServiceHealth> {
    return { reachable: true, authorized: true, version: '1.0.0' };
  }
}
