import { Badge, Card, CardBody } from '@backstage/ui';
import type { FormulaEntity } from '@formulary/plugin-formulas-common';
import { RiCheckLine } from '@remixicon/react';
import { describeHardware } from '../api/describe';
import styles from './FormulaFacts.module.css';
import { Section } from './Section';

const Badges = ({ items }: { items: string[] }) => (
  <ul className={styles.badges}>
    {items.map(item => (
      <li key={item}>
        <Badge size="small">{item}</Badge>
      </li>
    ))}
  </ul>
);

/** What one gets and what it takes, from the formula's entity. */
export const FormulaFacts = ({ formula }: { formula: FormulaEntity }) => {
  const { spec, metadata } = formula;
  return (
    <Card className={styles.card}>
      <CardBody className={styles.body}>
        <Section title="What you get">
          <ul className={styles.checks}>
            {spec.whatYouGet.map(item => (
              <li key={item}>
                <RiCheckLine size={18} aria-hidden />
                <span>{item}</span>
              </li>
            ))}
          </ul>
        </Section>
        <Section title="Hardware">
          <p className={styles.text}>
            {describeHardware(spec.hardware).join(' · ')}
          </p>
        </Section>
        <Section title="Software">
          <Badges items={spec.software} />
        </Section>
        {metadata.tags && metadata.tags.length > 0 && (
          <Section title="Tags">
            <Badges items={metadata.tags} />
          </Section>
        )}
      </CardBody>
    </Card>
  );
};
