import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { Container, Flex, Header, VisuallyHidden } from '@backstage/ui';
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
      {/* BUI's header is of the second level: on other pages the plugin's name stands above it. */}
      <VisuallyHidden>
        <h1>Home</h1>
      </VisuallyHidden>
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
