import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** Somebody, with where they belong. */
export interface Membership {
  /** Ref of the user, in lower case. */
  userRef: string;
  /** Refs of the user and of all groups above them. */
  refs: ReadonlySet<string>;
  /** Names of the topmost groups, which are the organisations; sorted. */
  organisations: string[];
}

/** Fields that tell where something belongs. */
const FIELDS = ['kind', 'metadata.name', 'metadata.namespace', 'relations'];

/** Who belongs where, as the catalog has it. A catalog that does not answer is an error, never an empty answer. */
export class Directory {
  constructor(
    private readonly catalog: CatalogService,
    private readonly auth: AuthService,
  ) {}

  /** Where a user belongs; undefined when the catalog does not know them. */
  async membershipOf(userRef: string): Promise<Membership | undefined> {
    const [user] = await this.entities([userRef]);
    if (!user) return undefined;
    const ref = stringifyEntityRef(user);
    const { refs, organisations } = await this.above(
      targets(user, RELATION_MEMBER_OF),
    );
    return { userRef: ref, refs: new Set([ref, ...refs]), organisations };
  }

  /** Names of the organisations that a user or group belongs to; none when the catalog does not know it. */
  async organisationsOf(ref: string): Promise<string[]> {
    if (parseEntityRef(ref).kind === 'user') {
      return (await this.membershipOf(ref))?.organisations ?? [];
    }
    return (await this.above([ref])).organisations;
  }

  /** Refs of the owners of an entity; none when the catalog does not know it. */
  async ownersOf(entityRef: string): Promise<string[]> {
    const [entity] = await this.entities([entityRef]);
    return entity ? targets(entity, RELATION_OWNED_BY) : [];
  }

  /** Which of some formulas run a template. */
  async formulasOf(
    templateRef: string,
    formulaRefs: string[],
  ): Promise<string[]> {
    const formulas = await this.readFormulas(formulaRefs);
    return formulas
      .filter(({ template }) => template === templateRef)
      .map(({ ref }) => ref);
  }

  /** Formulas, whether there are such or not, and the templates of those that there are. */
  async withTemplates(formulaRefs: string[]): Promise<string[]> {
    const refs = formulaRefs.map(ref =>
      stringifyEntityRef(parseEntityRef(ref)),
    );
    const formulas = await this.readFormulas(refs);
    return [...refs, ...formulas.flatMap(({ template }) => template ?? [])];
  }

  private async readFormulas(
    refs: string[],
  ): Promise<Array<{ ref: string; template?: string }>> {
    if (refs.length === 0) return [];
    const { items } = await this.catalog.getEntitiesByRefs(
      { entityRefs: refs },
      { credentials: await this.auth.getOwnServiceCredentials() },
    );
    return items.flatMap(formula => {
      if (!formula) return [];
      const template = formula.spec?.template;
      return {
        ref: stringifyEntityRef(formula),
        template:
          typeof template === 'string'
            ? stringifyEntityRef(
                parseEntityRef(template, {
                  defaultKind: 'template',
                  defaultNamespace: formula.metadata.namespace,
                }),
              )
            : undefined,
      };
    });
  }

  /** Groups and all that is above them. */
  private async above(
    start: string[],
  ): Promise<{ refs: string[]; organisations: string[] }> {
    const seen = new Set<string>();
    const organisations = new Set<string>();
    let wanted = start;
    while (wanted.length > 0) {
      const groups = await this.entities(wanted);
      wanted.forEach(ref => seen.add(ref));
      for (const group of groups) {
        if (targets(group, RELATION_CHILD_OF).length === 0) {
          organisations.add(group.metadata.name);
        }
      }
      wanted = [
        ...new Set(groups.flatMap(group => targets(group, RELATION_CHILD_OF))),
      ].filter(ref => !seen.has(ref));
    }
    return { refs: [...seen], organisations: [...organisations].sort() };
  }

  private async entities(entityRefs: string[]): Promise<Entity[]> {
    const { items } = await this.catalog.getEntitiesByRefs(
      { entityRefs, fields: FIELDS },
      { credentials: await this.auth.getOwnServiceCredentials() },
    );
    return items.filter(entity => entity !== undefined);
  }
}

function targets(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef);
}
