import { ButtonLink, Container, Flex, Header, Text } from '@backstage/ui';
import { useLocation } from 'react-router-dom';
import { DocumentTitle } from '../pages/DocumentTitle';
import styles from './NotFoundPage.module.css';

/** Says that an address leads nowhere, and where to go from there. */
export const NotFoundPage = () => {
  const { pathname } = useLocation();
  return (
    <main className={styles.page}>
      <DocumentTitle parts={['No such page']} />
      <Header title="There is no such page" />
      <Container>
        <Flex direction="column" gap="4" align="start">
          <Text>
            The portal has nothing at <code>{pathname}</code>, or nothing that
            your roles let you see. A page that was there may have been renamed.
          </Text>
          <Flex gap="2">
            <ButtonLink href="/" variant="primary">
              Home
            </ButtonLink>
            <ButtonLink href="/access" variant="secondary">
              What may I do?
            </ButtonLink>
          </Flex>
        </Flex>
      </Container>
    </main>
  );
};
