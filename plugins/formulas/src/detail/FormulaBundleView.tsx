import { Alert, Button, Skeleton, Text } from '@backstage/ui';
import type { FormulaBundle } from '@formulary/plugin-formulas-common';
import { lazy, Suspense } from 'react';
import type { Loaded } from '../api/useLoaded';
import { ClaudeCode } from './ClaudeCode';
import styles from './FormulaBundleView.module.css';

const Markdown = lazy(async () => ({
  default: (await import('./Markdown')).Markdown,
}));

const readmeSkeleton = (
  <div aria-hidden data-testid="readme-loading">
    <Skeleton width="100%" height="30rem" />
  </div>
);

/** README and Claude Code of a formula's bundle. */
export const FormulaBundleView = ({
  bundle,
}: {
  bundle: Loaded<FormulaBundle>;
}) => {
  if (bundle.status === 'loading') {
    return readmeSkeleton;
  }
  if (bundle.status === 'failed') {
    return (
      <Alert
        status="warning"
        icon
        title="The README could not be loaded"
        description={bundle.message}
        customActions={
          <Button size="small" onPress={bundle.retry}>
            Try again
          </Button>
        }
      />
    );
  }
  const { readme, claude, problems } = bundle.value;
  return (
    <div className={styles.view}>
      {problems.length > 0 && (
        <Alert
          status="warning"
          icon
          title="Parts of this formula are left out"
          description={problems
            .map(({ path, message }) => `${path}: ${message}`)
            .join(' ')}
        />
      )}
      <ClaudeCode claude={claude} />
      {readme ? (
        <Suspense fallback={readmeSkeleton}>
          <Markdown text={readme} />
        </Suspense>
      ) : (
        <Text as="p" color="secondary">
          This formula has no README.
        </Text>
      )}
    </div>
  );
};
