import {
  BreadcrumbEntry,
  useRouteRef,
  useRouteRefParams,
} from '@backstage/frontend-plugin-api';
import { Alert, Button, ButtonLink, Container, Skeleton } from '@backstage/ui';
import { titleOf } from '../api/describe';
import { formulaRouteRef, rootRouteRef } from '../routes';
import { FormulaBundleView } from './FormulaBundleView';
import { FormulaFacts } from './FormulaFacts';
import { FormulaHeader } from './FormulaHeader';
import styles from './FormulaPage.module.css';
import { useFormula } from './useFormula';

const FormulaPageSkeleton = () => (
  <Container my="6">
    <div aria-hidden data-testid="formula-loading">
      <Skeleton width="min(100%, 24rem)" height="2.5rem" />
      <div className={styles.columns}>
        <Skeleton width="100%" height="30rem" />
        <Skeleton width="100%" height="30rem" />
      </div>
    </div>
  </Container>
);

/** Everything that one wants to know before using a formula. */
export const FormulaPage = () => {
  const { namespace, name } = useRouteRefParams(formulaRouteRef);
  const { formula, bundle } = useFormula(namespace, name);
  const marketplace = useRouteRef(rootRouteRef)?.() ?? '';
  const href = useRouteRef(formulaRouteRef)?.({ namespace, name }) ?? '';

  if (formula.status === 'failed') {
    return (
      <Container my="6">
        <Alert
          status="danger"
          icon
          title="The formula could not be loaded"
          description={formula.message}
          customActions={
            <>
              <Button size="small" onPress={formula.retry}>
                Try again
              </Button>
              <ButtonLink size="small" variant="secondary" href={marketplace}>
                All formulas
              </ButtonLink>
            </>
          }
        />
      </Container>
    );
  }
  if (formula.status === 'loading') {
    return <FormulaPageSkeleton />;
  }
  return (
    <BreadcrumbEntry entry={{ label: titleOf(formula.value), href }}>
      <FormulaHeader formula={formula.value} />
      <Container mb="8">
        <div className={styles.columns}>
          <FormulaFacts formula={formula.value} />
          <FormulaBundleView bundle={bundle} />
        </div>
      </Container>
    </BreadcrumbEntry>
  );
};
