import { IncompleteReadingError } from './IncompleteReadingError';
import { inParallel } from './inParallel';
import { NamedUser, OrganizationReading } from './OrganizationSource';
import { AppliedEntity } from './SyncStore';

/**
 * Asks the identity provider for each that its lists did not have: a list can be
 * cut short without anybody noticing, "not found" cannot be said by mistake.
 *
 * @throws IncompleteReadingError when one is there
 */
export async function confirmMissing<User extends NamedUser>(
  missing: AppliedEntity[],
  reading: OrganizationReading<User>,
  options: { source: { name: string }; concurrency: number },
): Promise<void> {
  await inParallel(missing, options.concurrency, async entity => {
    if (await reading.exists(entity)) {
      throw new IncompleteReadingError(
        options.source.name,
        `its lists lacked ${entity.ref}, which exists`,
      );
    }
  });
}
