import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { ButtonLink, Header, Link, Text } from '@backstage/ui';
import type { FormulaEntity } from '@formulary/plugin-formulas-common';
import { describeCategory, describeDifficulty, titleOf } from '../api/describe';
import styles from './FormulaHeader.module.css';
import { catalogEntityRouteRef, templateFormRouteRef } from '../routes';

/** Name, promise and the button that uses the formula. */
export const FormulaHeader = ({ formula }: { formula: FormulaEntity }) => {
  const { spec, metadata } = formula;
  const { namespace: defaultNamespace = 'default' } = metadata;
  const templateRoute = useRouteRef(templateFormRouteRef);
  const entityRoute = useRouteRef(catalogEntityRouteRef);
  const template = parseEntityRef(spec.template, {
    defaultKind: 'Template',
    defaultNamespace,
  });
  const owner = parseEntityRef(spec.owner, {
    defaultKind: 'Group',
    defaultNamespace,
  });
  const ownerHref = entityRoute?.({
    kind: owner.kind.toLocaleLowerCase('en-US'),
    namespace: owner.namespace,
    name: owner.name,
  });
  const ownerName = (
    <EntityDisplayName entityRef={owner} hideIcon disableTooltip />
  );

  return (
    <Header
      className={styles.header}
      title={titleOf(formula)}
      description={spec.promise}
      metadata={[
        { label: 'Version', value: spec.version },
        { label: 'Category', value: describeCategory(spec.category) },
        { label: 'Difficulty', value: describeDifficulty(spec.difficulty) },
        {
          label: 'Owner',
          value: ownerHref ? (
            <Link href={ownerHref}>{ownerName}</Link>
          ) : (
            <Text>{ownerName}</Text>
          ),
        },
      ]}
      customActions={
        templateRoute && (
          <ButtonLink
            variant="primary"
            href={templateRoute({
              namespace: template.namespace,
              templateName: template.name,
            })}
          >
            Use this formula
          </ButtonLink>
        )
      }
    />
  );
};
