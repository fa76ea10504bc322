import { ConflictError } from '@backstage/errors';
import { BulkJob } from '@formulary/plugin-provisioning-common';
import { WaitingLine } from '../database/BulkStore';
import { ProvisioningDatabase, Stores } from '../database/ProvisioningDatabase';
import { Offboarding, unknownPerson } from '../engine/Offboarding';
import { Provisioning } from '../engine/Provisioning';
import { PersonResolver } from '../identity/PersonResolver';
import { isOffboarding } from './decide';

/** Begins the run of a line, by what begins such runs otherwise. */
export class BulkRuns {
  constructor(
    private readonly options: {
      database: ProvisioningDatabase;
      provisioning: Provisioning;
      offboarding: Offboarding;
      persons: PersonResolver;
    },
  ) {}

  /**
   * Begins a line's run, or joins one of its kind that is under way.
   *
   * @throws ConflictError when it cannot be done any more, or was begun already
   * @throws NotFoundError when the person is gone
   */
  async begin(job: BulkJob, line: WaitingLine): Promise<void> {
    const { offboarding, persons, provisioning } = this.options;
    const { operation } = job;
    const by = {
      source: 'admin' as const,
      requestedBy: job.requestedBy,
      // In the run's own transaction, so that a line never begins two.
      alongside: async (stores: Stores, runId: string) => {
        if (!(await stores.bulk.begin(job.id, line.line, runId))) {
          throw new ConflictError('The line has begun already');
        }
      },
    };
    if (!isOffboarding(operation)) {
      await provisioning.begin(await persons.byUserRef(line.userRef), {
        ...by,
        services: line.services,
      });
      return;
    }
    const { id, lifecycle } = await this.personOf(line.userRef);
    if (operation === 'suspend' && lifecycle.state === 'suspended') {
      // Why and until when they are suspended stays as it is.
      throw new ConflictError('Was suspended by somebody else meanwhile');
    }
    await offboarding[operation](id, {
      ...by,
      reason: job.reason ?? 'Restored by hand',
    });
  }

  private async personOf(userRef: string) {
    const met = await this.options.database.persons.findByUserRef(userRef);
    if (!met) throw unknownPerson(userRef);
    return met;
  }
}
