import { Alert, Button, Flex, Text } from '@backstage/ui';
import { When } from '../../time/When';
import { MissingNames } from './MissingNames';
import type { KeptMissing } from './OrganisationSync';
import { countWords, nameOf } from './words';

/** Who was left in the catalog, by whose decision, and the way to take it back. */
export const KeptPeople = (props: {
  kept: KeptMissing;
  /** Name of the identity provider. */
  source: string;
  onTakeBack(): void;
}) => {
  const { kept, source } = props;
  const count = countWords(kept);
  return (
    <Flex direction="column" gap="3">
      <Alert
        status="info"
        icon
        title={`${nameOf(kept.keptBy)} left ${count} in the catalog`}
        description={`They are missing in ${source} and stay until they are back there, ${source} tells of each that it was deleted, or the decision is taken back. Others who go missing are no part of it.`}
      />
      <Text variant="body-small" color="secondary">
        <When at={kept.keptAt} before="Decided" />
      </Text>
      <MissingNames missing={kept} title="Who stays" />
      <Flex>
        <Button variant="secondary" size="small" onPress={props.onTakeBack}>
          Take back
        </Button>
      </Flex>
    </Flex>
  );
};
