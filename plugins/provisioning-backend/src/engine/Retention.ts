import { LoggerService } from '@backstage/backend-plugin-api';
import { StoredPerson } from '../database/PersonStore';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { PersonResolver } from '../identity/PersonResolver';
import { Offboarding } from './Offboarding';

/** Persons looked at in one go; the rest comes the next time. */
const BATCH = 100;

/** Removes the accounts of people who left, once their time is up. */
export class Retention {
  constructor(
    private readonly options: {
      database: ProvisioningDatabase;
      offboarding: Offboarding;
      persons: PersonResolver;
      logger: LoggerService;
    },
  ) {}

  /** Begins the removals that are due. One that fails is tried again the next time. */
  async run(): Promise<void> {
    const { database, logger, persons } = this.options;
    // Nobody else can say for certain that somebody has not come back.
    if (!persons.asksIdentityProvider) return;
    for (const due of await database.persons.listDueForRemoval(BATCH)) {
      try {
        await this.decide(due);
      } catch (error) {
        logger.warn(
          `The accounts of ${due.person.username} are due for removal, which could not be begun`,
          error instanceof Error ? error : { reason: String(error) },
        );
      }
    }
  }

  /** Asks once more before anything is deleted: the event of a return may have been lost. */
  private async decide({ id, person, lifecycle }: StoredPerson): Promise<void> {
    const { database, offboarding, persons } = this.options;
    const by = { source: 'retention', requestedBy: 'provisioning' } as const;
    const now = await persons.bySubject(person.subject);
    if (now?.enabled) {
      await database.persons.save(now.person);
      await offboarding.restore(id, {
        ...by,
        reason: 'Enabled again at the identity provider',
      });
      return;
    }
    await offboarding.remove(id, {
      ...by,
      reason: lifecycle.reason ?? 'Left the organisation',
    });
  }
}
