import { Skeleton } from '@backstage/ui';
import type { FormulaEntity } from '@formulary/plugin-formulas-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { FormulaCard } from './FormulaCard';
import styles from './FormulaGrid.module.css';

/** Cards side by side, as many as fit. */
export const FormulaGrid = ({ formulas }: { formulas: FormulaEntity[] }) => (
  <ul className={styles.grid} aria-label="Formulas">
    {formulas.map(formula => (
      <li key={stringifyEntityRef(formula)} className={styles.item}>
        <FormulaCard formula={formula} />
      </li>
    ))}
  </ul>
);

/** Takes the room of cards that are on their way. */
export const FormulaGridSkeleton = ({ count }: { count: number }) => (
  <div className={styles.grid} aria-hidden data-testid="formulas-loading">
    {Array.from({ length: count }, (_, index) => (
      <Skeleton key={index} width="100%" height="13.5rem" />
    ))}
  </div>
);
