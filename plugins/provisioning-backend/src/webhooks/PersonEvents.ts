import { Offboarding } from '../engine/Offboarding';
import { Provisioning } from '../engine/Provisioning';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { StoredPerson } from '../database/PersonStore';
import { PersonResolver } from '../identity/PersonResolver';
import { ResolvedPerson } from '../identity/ResolvedPerson';
import { PartlyFailedError } from './PartlyFailedError';
import { EventPurpose, PersonEvent } from './PersonEvent';

/** What an event led to: a run, or the reason why to none. */
export interface EventResult {
  runId?: string;
  message?: string;
}

/** People whom one event is about that are dealt with at once. */
const AT_ONCE = 10;

/** An event as it concerns one person. */
interface Occurrence {
  purpose: EventPurpose;
  subject?: string;
  username?: string;
  source: string;
}

/**
 * Turns events about people into runs. An event only says about whom something
 * is to be known; what, the identity provider is asked now. So events may come
 * late, twice and in any order.
 */
export class PersonEvents {
  constructor(
    private readonly options: {
      database: ProvisioningDatabase;
      provisioning: Provisioning;
      offboarding: Offboarding;
      persons: PersonResolver;
      /** Milliseconds until the accounts of somebody who left are removed; undefined: never. */
      removeAfterMs?: number;
    },
  ) {}

  /**
   * Does what an event calls for, for each person whom it is about. One who
   * fails does not hold up the others.
   *
   * @param source - who sent it, such as `keycloak`
   * @throws ServiceError when the identity provider cannot be asked
   * @throws PartlyFailedError when it failed for some of several people
   */
  async handle(event: PersonEvent, source: string): Promise<EventResult> {
    const { purpose, username, membersOf } = event;
    if (!purpose) return { message: 'Nothing is to be done for this event' };
    const subjects = membersOf
      ? [
          ...new Set([
            ...event.subjects,
            ...(await this.options.persons.membersOf(membersOf)),
          ]),
        ]
      : event.subjects;
    if (subjects.length > 1 || membersOf) {
      return this.handleEach(subjects, purpose, source);
    }
    return this.handleOne({
      purpose,
      subject: subjects[0],
      username,
      source,
    });
  }

  private async handleEach(
    subjects: string[],
    purpose: EventPurpose,
    source: string,
  ): Promise<EventResult> {
    const results: EventResult[] = [];
    const failures: PromiseRejectedResult[] = [];
    for (let next = 0; next < subjects.length; next += AT_ONCE) {
      const settled = await Promise.allSettled(
        subjects
          .slice(next, next + AT_ONCE)
          .map(subject => this.handleOne({ purpose, subject, source })),
      );
      for (const outcome of settled) {
        if (outcome.status === 'fulfilled') results.push(outcome.value);
        else failures.push(outcome);
      }
    }
    if (failures.length > 0) {
      throw new PartlyFailedError(
        failures.map(({ reason }) => reason),
        subjects.length,
      );
    }
    const runs = results.flatMap(({ runId }) => runId ?? []);
    return {
      runId: runs[0],
      message: `About ${subjects.length} people; runs for ${runs.length} of them`,
    };
  }

  private async handleOne(occurrence: Occurrence): Promise<EventResult> {
    const { subject, purpose, source } = occurrence;
    const { persons } = this.options;
    const resolved = await this.resolve(occurrence);
    const known = subject ?? resolved?.person.subject;
    const met = known ? await persons.findMet(known) : undefined;
    if (resolved) return this.present(resolved, met, purpose, source);
    if (met && purpose === 'leaves' && persons.asksIdentityProvider) {
      return this.left(met, 'Deleted at the identity provider', source);
    }
    return { message: 'The identity provider knows no such user' };
  }

  private async resolve({
    subject,
    username,
    purpose,
  }: Occurrence): Promise<ResolvedPerson | undefined> {
    const { persons } = this.options;
    if (persons.asksIdentityProvider) {
      if (subject) return persons.bySubject(subject);
      return username ? persons.byUsername(username) : undefined;
    }
    // The catalog cannot tell whether somebody has left.
    if (purpose === 'leaves' || !username) return undefined;
    return persons.byCatalogName(username, subject);
  }

  /** For somebody whom the identity provider knows. */
  private async present(
    resolved: ResolvedPerson,
    met: StoredPerson | undefined,
    purpose: EventPurpose,
    source: string,
  ): Promise<EventResult> {
    const { database, provisioning, offboarding } = this.options;
    if (met && !resolved.enabled) {
      return this.left(met, 'Disabled at the identity provider', source);
    }
    if (met?.lifecycle.state === 'suspended') {
      if (!met.lifecycle.removeAfter) {
        return { message: 'An administrator has suspended the accounts' };
      }
      const { id } = await database.persons.save(resolved.person);
      const { run } = await offboarding.restore(id, {
        source: 'webhook',
        requestedBy: source,
        reason: 'Enabled again at the identity provider',
      });
      return { runId: run.id };
    }
    if (met?.lifecycle.state === 'removed') {
      return {
        message:
          'The accounts were removed. An administrator can prepare new ones',
      };
    }
    if (purpose !== 'joins' && resolved.refusal) {
      return { message: resolved.refusal };
    }
    const { runId } = await provisioning.begin(resolved, {
      source: 'webhook',
      requestedBy: source,
    });
    return { runId, message: resolved.refusal };
  }

  /** For somebody who has certainly left: the identity provider said so. */
  private async left(
    { id, lifecycle }: StoredPerson,
    reason: string,
    source: string,
  ): Promise<EventResult> {
    const { offboarding, removeAfterMs } = this.options;
    if (lifecycle.state === 'removed' || lifecycle.removeAfter) {
      return { message: `The accounts are ${lifecycle.state} already` };
    }
    const { run } = await offboarding.suspend(id, {
      source: 'webhook',
      requestedBy: source,
      reason,
      removeAfterMs,
    });
    return { runId: run.id };
  }
}
