import { LoggerService } from '@backstage/backend-plugin-api';
import { Person } from '@formulary/plugin-provisioning-common';
import {
  ConnectorCallOptions,
  EnsureResult,
  LinkCheck,
  ObservedAccount,
  ServiceConnector,
  ServiceHealth,
} from '@formulary/plugin-provisioning-node';
import {
  isServiceError,
  sameEmail,
  ServiceError,
} from '@formulary/service-client-node';
import { TwentyClient, TwentyPerson } from '@formulary/plugin-twenty-node';
import { checkHealth } from './health';
import { TwentyListing } from './TwentyListing';

/**
 * Gives people their record in Twenty.
 *
 * A record of the CRM, not a log-in: an API key can't make workspace members
 * (`workspace-invitation.resolver.ts` wants a user session). The person's log-in
 * is made by single sign-on and meets the record by its e-mail address.
 */
export class TwentyConnector implements ServiceConnector {
  readonly service = 'twenty';
  readonly title = 'Twenty';
  readonly blocksLogins = false;
  readonly listing: TwentyListing;

  constructor(
    private readonly client: TwentyClient,
    private readonly logger: LoggerService,
  ) {
    this.listing = new TwentyListing(client);
  }

  get url(): string {
    return this.client.frontUrl;
  }

  async find(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<ObservedAccount | undefined> {
    const record = await this.own(person, options);
    return record && this.account(record);
  }

  async ensure(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<EnsureResult> {
    if (!person.emailVerified) {
      throw new ServiceError(
        `Twenty could not give ${person.username} a record: the identity provider does not vouch for the e-mail ${person.email}, and a record is known by nothing else. Verify the e-mail there and try again`,
        { kind: 'validation', service: this.title },
      );
    }
    const existing = await this.own(person, options);
    if (existing) return this.refresh(existing, person, options);
    const deleted = await this.deleted(person, options);
    if (deleted) {
      await this.client.people.restore(deleted.id, options);
      const { account } = await this.refresh(deleted, person, options);
      return { outcome: 'updated', account };
    }
    return this.create(person, options);
  }

  async verifyLink(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<LinkCheck> {
    if (!person.emailVerified) {
      return {
        linked: false,
        reason: 'The identity provider does not vouch for the e-mail',
      };
    }
    const record = await this.own(person, options);
    if (!record) {
      return { linked: false, reason: 'There is no record in Twenty yet' };
    }
    return sameEmail(record.emails.primaryEmail, person.email)
      ? {
          linked: true,
          reason:
            'The record has the verified e-mail that single sign-on will bring; where the workspace has no single sign-on, an admin there invites the person',
        }
      : {
          linked: false,
          reason: `The record has the e-mail ${record.emails.primaryEmail}, and single sign-on will bring ${person.email}. Onboard the person to change it`,
        };
  }

  /** Nothing to do: who may log in is decided at the identity provider, and a record costs nothing. */
  async suspend(person: Person): Promise<void> {
    this.logger.info(
      `Twenty keeps the record of ${person.username}: log-ins there are decided by the identity provider`,
    );
  }

  /** Brings a deleted record back; a suspended one was never touched. */
  async restore(person: Person, options?: ConnectorCallOptions): Promise<void> {
    const deleted = await this.deleted(person, options);
    if (deleted) await this.client.people.restore(deleted.id, options);
  }

  /** Deletes the record softly: an admin of the workspace can bring it back. */
  async remove(person: Person, options?: ConnectorCallOptions): Promise<void> {
    const record = await this.own(person, options);
    if (!record) return;
    try {
      await this.client.people.delete(record.id, options);
    } catch (error) {
      if (!isServiceError(error, 'not-found')) throw error;
    }
  }

  async health(options?: ConnectorCallOptions): Promise<ServiceHealth> {
    return checkHealth(this.client, options);
  }

  private async create(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<EnsureResult> {
    const company =
      (await this.client.companies.byDomain(
        person.email.split('@').at(-1)!,
        options,
      )) ?? (await this.client.companies.byName(person.organisation, options));
    try {
      const record = await this.client.people.create(
        { ...nameOf(person), email: person.email, companyId: company?.id },
        options,
      );
      return { outcome: 'created', account: this.account(record) };
    } catch (error) {
      if (!isServiceError(error, 'conflict', 'unavailable')) throw error;
      // Another call was faster, or the answer was lost: what counts is what is there.
      const made = await this.client.people.byEmail(person.email, options);
      if (!made) throw error;
      return {
        outcome: error.kind === 'unavailable' ? 'created' : 'adopted',
        account: this.account(made),
      };
    }
  }

  /**
   * The person's record: the one that an earlier call answered, else the one
   * with their address. An address that is not vouched for proves nothing.
   */
  private async own(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<TwentyPerson | undefined> {
    const known =
      options?.externalId === undefined
        ? undefined
        : await this.client.people.byId(options.externalId, options);
    if (known || !person.emailVerified) return known;
    return this.client.people.byEmail(person.email, options);
  }

  /** The same among the deleted ones. */
  private async deleted(person: Person, options?: ConnectorCallOptions) {
    const known =
      options?.externalId === undefined
        ? undefined
        : await this.client.people.deletedById(options.externalId, options);
    if (known || !person.emailVerified) return known;
    return this.client.people.deletedByEmail(person.email, options);
  }

  /**
   * Follows the address, by which single sign-on meets the record, fills in a
   * name that is empty, and changes nothing else that somebody wrote there.
   */
  private async refresh(
    record: TwentyPerson,
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<EnsureResult> {
    const { firstName, lastName } = record.name;
    const changes = {
      ...(sameEmail(record.emails.primaryEmail, person.email)
        ? {}
        : { email: person.email }),
      ...(firstName === '' && lastName === '' ? nameOf(person) : {}),
    };
    if (Object.keys(changes).length === 0) {
      return { outcome: 'unchanged', account: this.account(record) };
    }
    try {
      const changed = await this.client.people.update(
        record.id,
        changes,
        options,
      );
      return { outcome: 'updated', account: this.account(changed) };
    } catch (error) {
      if (!isServiceError(error, 'conflict')) throw error;
      throw new ServiceError(
        `Twenty could not give the record of ${person.username} the new e-mail ${person.email}: another record has it. Merge the two in Twenty, or give the other another e-mail, and try again`,
        { kind: 'conflict', service: this.title, cause: error },
      );
    }
  }

  private account(record: TwentyPerson): ObservedAccount {
    return {
      service: this.service,
      state: 'active',
      externalId: record.id,
      username: record.emails.primaryEmail,
      url: this.client.recordUrl('person', record.id),
    };
  }
}

function nameOf(person: Person): { firstName: string; lastName: string } {
  const [first, ...rest] = person.displayName.split(' ');
  return {
    firstName: person.firstName ?? first,
    lastName: person.lastName ?? rest.join(' '),
  };
}
