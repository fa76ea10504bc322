import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Flex, Link, Text } from '@backstage/ui';
import { useFormulas } from '../api/useFormulas';
import { FormulaGrid, FormulaGridSkeleton } from '../marketplace/FormulaGrid';
import { Notice } from '../marketplace/Notice';
import { rootRouteRef } from '../routes';

const COUNT = 3;

/** The formulas to start with: the easiest first. */
export const RecommendedFormulas = () => {
  const formulas = useFormulas();
  const marketplace = useRouteRef(rootRouteRef)?.() ?? '';
  const order = ['beginner', 'intermediate', 'advanced'];
  const recommended =
    formulas.status === 'ready'
      ? [...formulas.value]
          .sort(
            (a, b) =>
              order.indexOf(a.spec.difficulty) -
              order.indexOf(b.spec.difficulty),
          )
          .slice(0, COUNT)
      : [];

  return (
    <section aria-labelledby="recommended-formulas">
      <Flex direction="column" gap="4">
        <Flex justify="between" align="baseline" gap="4">
          <Text
            as="h3"
            id="recommended-formulas"
            variant="title-x-small"
            weight="bold"
          >
            Recommended formulas
          </Text>
          <Link href={marketplace}>All formulas</Link>
        </Flex>
        {formulas.status === 'loading' && <FormulaGridSkeleton count={COUNT} />}
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
        {recommended.length > 0 && <FormulaGrid formulas={recommended} />}
        {formulas.status === 'ready' && recommended.length === 0 && (
          <Notice
            title="There are no formulas yet"
            text="Formulas live in git. As soon as the platform team adds the first one, it shows here."
          />
        )}
      </Flex>
    </section>
  );
};
