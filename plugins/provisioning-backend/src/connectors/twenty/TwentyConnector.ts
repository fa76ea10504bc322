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
import { isServiceError, ServiceError } from '@formulary/service-client-node';
import { TwentyClient, TwentyPerson } from '@formulary/plugin-twenty-node';

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

  constructor(
    private readonly client: TwentyClient,
    private readonly logger: LoggerService,
  ) {}

  get url(): string {
    return this.client.frontUrl;
  }

  async find(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<ObservedAccount | undefined> {
    const record = await this.client.people.byEmail(person.email, options);
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
    const existing = await this.client.people.byEmail(person.email, options);
    if (existing) return this.refresh(existing, person, options);
    const deleted = await this.client.people.deletedByEmail(
      person.email,
      options,
    );
    if (deleted) {
      await this.client.people.restore(deleted.id, options);
      return { outcome: 'updated', account: this.account(deleted) };
    }
    return this.create(person, options);
  }

  async verifyLink(
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<LinkCheck> {
    const record = await this.client.people.byEmail(person.email, options);
    if (!record) {
      return { linked: false, reason: 'There is no record in Twenty yet' };
    }
    return person.emailVerified
      ? {
          linked: true,
          reason:
            'The record has the verified e-mail that single sign-on will bring; where the workspace has no single sign-on, an admin there invites the person',
        }
      : {
          linked: false,
          reason: 'The identity provider does not vouch for the e-mail',
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
    const deleted = await this.client.people.deletedByEmail(
      person.email,
      options,
    );
    if (deleted) await this.client.people.restore(deleted.id, options);
  }

  /** Deletes the record softly: an admin of the workspace can bring it back. */
  async remove(person: Person, options?: ConnectorCallOptions): Promise<void> {
    const record = await this.client.people.byEmail(person.email, options);
    if (!record) return;
    try {
      await this.client.people.delete(record.id, options);
    } catch (error) {
      if (!isServiceError(error, 'not-found')) throw error;
    }
  }

  async health(options?: ConnectorCallOptions): Promise<ServiceHealth> {
    let version: string | undefined;
    try {
      await this.client.check(options);
      const check = await this.client.checkVersion(options);
      version = check.version;
      return {
        reachable: true,
        version,
        authorized: !check.problem,
        message: check.problem,
      };
    } catch (error) {
      return {
        reachable: !isServiceError(error, 'unavailable'),
        version,
        authorized: false,
        message: error instanceof Error ? error.message : String(error),
      };
    }
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

  /** Fills in what the record lacks, and changes nothing that somebody wrote there. */
  private async refresh(
    record: TwentyPerson,
    person: Person,
    options?: ConnectorCallOptions,
  ): Promise<EnsureResult> {
    const { firstName, lastName } = record.name;
    if (firstName !== '' || lastName !== '') {
      return { outcome: 'unchanged', account: this.account(record) };
    }
    const changed = await this.client.people.update(
      record.id,
      nameOf(person),
      options,
    );
    return { outcome: 'updated', account: this.account(changed) };
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
