import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * Knows which templates of Coder somebody may not learn of.
 *
 * @public
 */
export interface TemplateVisibility {
  /** Those of some templates, by name, that are hidden from a task's user. */
  hiddenFrom(
    credentials: BackstageCredentials,
    names: string[],
  ): Promise<ReadonlySet<string>>;
}

/**
 * A template of Coder that a formula brings has the formula's name, and whoever
 * does not see the formula in the catalog does not see it: the portal's token
 * would start a workspace of another organisation's template for anybody.
 */
export class FormulaTemplates implements TemplateVisibility {
  constructor(
    private readonly catalog: CatalogService,
    private readonly auth: AuthService,
  ) {}

  async hiddenFrom(
    credentials: BackstageCredentials,
    names: string[],
  ): Promise<ReadonlySet<string>> {
    const request = {
      entityRefs: names.map(name =>
        stringifyEntityRef({ kind: 'Formula', namespace: 'default', name }),
      ),
      fields: ['kind'],
    };
    const [all, seen] = await Promise.all([
      this.catalog.getEntitiesByRefs(request, {
        credentials: await this.auth.getOwnServiceCredentials(),
      }),
      this.catalog.getEntitiesByRefs(request, { credentials }),
    ]);
    return new Set(
      names.filter((_, index) => all.items[index] && !seen.items[index]),
    );
  }
}
