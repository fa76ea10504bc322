import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { Container, Flex, Header } from '@backstage/ui';
import { Fragment, useEffect, useState } from 'react';
import styles from './HomeLayout.module.css';

/** The home page: a greeting, and below it what the plugins bring, in the order of the config. */
export const HomeLayout = ({ widgets }: HomePageLayoutProps) => {
  const identityApi = useApi(identityApiRef);
  const [name, setName] = useState<string>();

  useEffect(() => {
    let current = true;
    identityApi.getProfileInfo().then(({ displayName }) => {
      if (current) setName(displayName?.split(' ')[0]);
    });
    return () => {
      current = false;
    };
  }, [identityApi]);

  return (
    <div className={styles.page}>
      <Header title={name ? `Welcome, ${name}` : 'Welcome'} />
      <Container>
        <Flex direction="column" gap="8" mb="8">
          {widgets.map(({ component, node }) => (
            <Fragment key={node.spec.id}>{component}</Fragment>
          ))}
        </Flex>
      </Container>
    </div>
  );
};
