import {
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  type Entity,
} from '@backstage/catalog-model';
import type { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  processingResult,
  type CatalogProcessor,
  type CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import {
  formulaEntitySchema,
  FORMULA_API_VERSION,
  isFormulaEntity,
  RELATION_RELATED_TO,
} from '@formulary/plugin-formulas-common';

/** Validates entities of kind Formula and emits their relations. */
export class FormulaEntityProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'FormulaEntityProcessor';
  }

  /**
   * @throws TypeError that names each wrong field; the catalog shows it where
   * the formula's location is shown.
   */
  async validateEntityKind(entity: Entity): Promise<boolean> {
    if (!isFormulaEntity(entity)) {
      return false;
    }
    const { error } = formulaEntitySchema.safeParse(entity);
    if (error) {
      const findings = error.issues.map(
        issue => `${issue.path.join('.') || 'the entity'}: ${issue.message}`,
      );
      throw new TypeError(
        `The formula "${entity.metadata.name}" is not valid: ${findings.join(
          '; ',
        )}`,
      );
    }
    return true;
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    if (!isFormulaEntity(entity) || entity.apiVersion !== FORMULA_API_VERSION) {
      return entity;
    }
    const self = getCompoundEntityRef(entity);
    const relate = (
      target: string,
      defaultKind: string,
      forward: string,
      reverse: string,
    ) => {
      const other = parseEntityRef(target, {
        defaultKind,
        defaultNamespace: self.namespace,
      });
      emit(
        processingResult.relation({
          source: self,
          type: forward,
          target: other,
        }),
      );
      emit(
        processingResult.relation({
          source: other,
          type: reverse,
          target: self,
        }),
      );
    };

    const { owner, template, relatedFormulas = [] } = entity.spec;
    relate(owner, 'Group', RELATION_OWNED_BY, RELATION_OWNER_OF);
    relate(template, 'Template', RELATION_DEPENDS_ON, RELATION_DEPENDENCY_OF);
    for (const related of relatedFormulas) {
      relate(related, 'Formula', RELATION_RELATED_TO, RELATION_RELATED_TO);
    }
    return entity;
  }
}
