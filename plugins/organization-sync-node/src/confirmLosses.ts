import { Entity, parseEntityRef } from '@backstage/catalog-model';
import { inParallel } from './inParallel';
import { markIfDisabled } from './markIfDisabled';
import {
  NamedUser,
  OrganizationReading,
  OrganizationSource,
} from './OrganizationSource';
import { sameName } from './names';
import { AppliedEntity, SyncRun, SyncStore } from './SyncStore';

const PAGE = 200;

/**
 * Reads again, one by one, the people who would lose a group, an organisation or
 * a role: not every identity provider counts the members of a group, so that
 * nothing else tells a cut list from a short one.
 *
 * @param kept - what stays in the catalog although the lists lacked it
 * @throws IncompleteReadingError when one belongs to a group that the lists lacked
 */
export async function confirmLosses<User extends NamedUser>(
  run: SyncRun,
  reading: OrganizationReading<User>,
  kept: AppliedEntity[],
  options: {
    source: OrganizationSource<User>;
    store: SyncStore;
    concurrency: number;
  },
): Promise<void> {
  const { source, store, concurrency } = options;
  const { idAnnotation, rolesAnnotation } = source;
  const names = new Set([
    ...reading.groups.map(({ metadata }) => sameName(metadata.name)),
    ...kept.map(({ ref }) => parseEntityRef(ref).name),
  ]);
  for await (const page of store.changedUsers(run, PAGE)) {
    const losers = page.filter(
      ({ applied, staged }) =>
        // A group that is gone or has another name is nobody's loss.
        lost(memberOf(applied), memberOf(staged)).some(name =>
          names.has(sameName(name)),
        ) ||
        lost(
          rolesOf(applied, rolesAnnotation),
          rolesOf(staged, rolesAnnotation),
        ).length > 0,
    );
    await inParallel(losers, concurrency, async ({ staged }) => {
      const user = await source.findUser(
        staged.metadata.annotations![idAnnotation],
      );
      // Somebody who left meanwhile is found missing by the next sync.
      if (!user) return;
      const person = await reading.readPerson(user, staged.metadata.name);
      await store.stage(run, [
        markIfDisabled(user, person, reading.groups, source),
      ]);
    });
  }
}

function lost(before: string[], now: string[]): string[] {
  return before.filter(name => !now.includes(name));
}

function memberOf({ spec }: Entity): string[] {
  const names = spec?.memberOf;
  return Array.isArray(names) ? names.map(String) : [];
}

function rolesOf({ metadata }: Entity, annotation: string): string[] {
  return metadata.annotations?.[annotation]?.split(',') ?? [];
}
