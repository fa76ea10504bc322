import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  Badge,
  Card,
  CardBody,
  CardFooter,
  CardHeader,
  Flex,
  Text,
} from '@backstage/ui';
import type { FormulaEntity } from '@formulary/plugin-formulas-common';
import { RiCpuLine } from '@remixicon/react';
import {
  describeCategory,
  describeDifficulty,
  describeHardware,
  titleOf,
} from '../api/describe';
import { formulaRouteRef } from '../routes';
import styles from './FormulaCard.module.css';

const MAX_TAGS = 4;

/** A formula in the marketplace; all of it leads to the formula's page. */
export const FormulaCard = ({ formula }: { formula: FormulaEntity }) => {
  const formulaRoute = useRouteRef(formulaRouteRef);
  const { metadata, spec } = formula;
  const { namespace = 'default', name, tags = [] } = metadata;
  const title = titleOf(formula);

  return (
    <Card
      className={styles.card}
      href={formulaRoute?.({ namespace, name }) ?? ''}
      label={`${title}: ${spec.promise}`}
    >
      <CardHeader className={styles.header}>
        <Flex justify="between" align="baseline" gap="2">
          <Text variant="body-small" color="secondary">
            {describeCategory(spec.category)}
          </Text>
          <Text variant="body-small" color="secondary">
            {describeDifficulty(spec.difficulty)}
          </Text>
        </Flex>
        <Text as="h3" variant="title-x-small" weight="bold">
          {title}
        </Text>
      </CardHeader>
      <CardBody className={styles.body}>
        <Text as="p" className={styles.promise}>
          {spec.promise}
        </Text>
        {tags.length > 0 && (
          <ul className={styles.tags} aria-label="Tags">
            {tags.slice(0, MAX_TAGS).map(tag => (
              <li key={tag}>
                <Badge size="small">{tag}</Badge>
              </li>
            ))}
          </ul>
        )}
      </CardBody>
      <CardFooter className={styles.footer}>
        <RiCpuLine size={16} aria-hidden />
        <Text variant="body-small" color="secondary">
          {describeHardware(spec.hardware).join(' · ')}
        </Text>
      </CardFooter>
    </Card>
  );
};
