import type { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { LocationSpec } from '@backstage/plugin-catalog-common';
import type {
  CatalogProcessor,
  CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import { isOfSameRepository } from './repositoryOf';

/**
 * Keeps a Location that somebody wrote into their repository from naming files of
 * other repositories: the catalog would read them with the portal's rights, and
 * what it says when it fails tells what is there.
 */
export class RepositoryBoundary implements CatalogProcessor {
  /** @param configured - locations of the config, as `type:target`, which may name anything */
  constructor(private readonly configured: Set<string>) {}

  getProcessorName(): string {
    return 'RepositoryBoundary';
  }

  /** @throws InputError that names the first target outside */
  async preProcessEntity(
    entity: Entity,
    location: LocationSpec,
    _emit: CatalogProcessorEmit,
    origin: LocationSpec,
  ): Promise<Entity> {
    const byPerson =
      entity.kind.toLocaleLowerCase('en-US') === 'location' &&
      location.type === 'url' &&
      !this.configured.has(`${origin.type}:${origin.target}`);
    if (byPerson) {
      const outside = targetsOf(entity).find(
        target => !isInside(target, location.target),
      );
      if (outside !== undefined) {
        throw new InputError(
          `The location names "${outside}": only files of the same repository are read`,
        );
      }
    }
    return entity;
  }
}

function targetsOf({ spec }: Entity): string[] {
  const { target, targets } = spec ?? {};
  return [target, targets].flat().filter(each => typeof each === 'string');
}

/** Whether a target is what was registered itself, or of the same repository. */
function isInside(target: string, registered: string): boolean {
  if (target === registered) return true;
  return (
    URL.canParse(target, registered) &&
    isOfSameRepository(registered, new URL(target, registered).href)
  );
}
