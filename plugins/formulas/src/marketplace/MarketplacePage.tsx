import {
  Alert,
  Button,
  Container,
  Header,
  SearchField,
  Select,
} from '@backstage/ui';
import { useDeferredValue } from 'react';
import { useFormulas } from '../api/useFormulas';
import { describeCategory } from '../api/describe';
import { categoriesOf, filterFormulas } from './filterFormulas';
import { FormulaGrid, FormulaGridSkeleton } from './FormulaGrid';
import styles from './MarketplacePage.module.css';
import { Notice } from './Notice';
import { useFilterInAddress } from './useFilterInAddress';

const ALL = 'all';

/** All formulas, searched as one types and narrowed by category. */
export const MarketplacePage = () => {
  const formulas = useFormulas();
  const [filter, setFilter] = useFilterInAddress();
  const query = useDeferredValue(filter.query);

  const all = formulas.status === 'ready' ? formulas.value : [];
  const shown = filterFormulas(all, { ...filter, query });
  const categories = categoriesOf(all);

  return (
    <>
      <Header
        title="Pick a formula"
        description="A formula gives you a repository, a running workspace, a chat team and a CRM record, all yours, in a few minutes."
      />
      <Container mb="8">
        <div role="search" className={styles.filters}>
          <SearchField
            className={styles.search}
            aria-label="Search formulas"
            placeholder="Search by name, technology or purpose"
            size="medium"
            value={filter.query}
            onChange={value => setFilter({ ...filter, query: value })}
          />
          <Select
            className={styles.category}
            aria-label="Category"
            size="medium"
            options={[
              { id: ALL, label: 'All categories' },
              ...categories.map(category => ({
                id: category,
                label: describeCategory(category),
              })),
            ]}
            value={filter.category || ALL}
            onChange={key =>
              setFilter({ ...filter, category: key === ALL ? '' : String(key) })
            }
          />
        </div>
        <p role="status" className={styles.count}>
          {formulas.status === 'ready' && countOf(shown.length)}
        </p>

        {formulas.status === 'loading' && <FormulaGridSkeleton count={6} />}
        {formulas.status === 'failed' && (
          <Alert
            status="danger"
            icon
            title="The formulas could not be loaded"
            description={formulas.message}
            customActions={
              <Button size="small" onPress={formulas.retry}>
                Try again
              </Button>
            }
          />
        )}
        {shown.length > 0 && <FormulaGrid formulas={shown} />}
        {formulas.status === 'ready' && all.length === 0 && (
          <Notice
            title="There are no formulas yet"
            text="Formulas live in git. As soon as the platform team adds the first one, it shows here."
          />
        )}
        {all.length > 0 && shown.length === 0 && (
          <Notice
            title="No formula fits"
            text="Try other words, or look at all of them."
            action={
              <Button
                variant="secondary"
                onPress={() => setFilter({ query: '', category: '' })}
              >
                Show all formulas
              </Button>
            }
          />
        )}
      </Container>
    </>
  );
};

function countOf(count: number): string {
  return count === 1 ? '1 formula' : `${count} formulas`;
}
