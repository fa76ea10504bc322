import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Alert, Select, Text } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';

interface GroupOption {
  id: string;
  label: string;
}

/** Chooses a group of the catalog, by its ref. */
export const GroupSelect = (props: {
  value: string | undefined;
  onChange(ref: string | undefined): void;
}) => {
  const catalog = useApi(catalogApiRef);
  const [options, setOptions] = useState<GroupOption[]>();
  const [error, setError] = useState<string>();

  useEffect(() => {
    let gone = false;
    const read = async () => {
      const { items } = await catalog.getEntities({
        filter: { kind: 'Group' },
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
      });
      return items
        .map(({ metadata: { namespace = 'default', name } }) => ({
          id: `group:${namespace}/${name}`.toLocaleLowerCase('en-US'),
          label: namespace === 'default' ? name : `${namespace}/${name}`,
        }))
        .sort((one, other) => one.label.localeCompare(other.label));
    };
    read().then(
      found => !gone && setOptions(found),
      failure => !gone && setError(messageOf(failure)),
    );
    return () => {
      gone = true;
    };
  }, [catalog]);

  if (error) {
    return (
      <Alert
        role="alert"
        status="danger"
        icon
        title="The groups could not be read"
        description={error}
      />
    );
  }
  if (!options) return <Text role="status">Reading the groups…</Text>;
  if (options.length === 0) {
    return <Text color="secondary">The catalog has no groups yet.</Text>;
  }
  return (
    <Select
      label="Group"
      description="Its members, and those of the groups right below it."
      placeholder="Choose a group"
      searchable
      searchPlaceholder="Search groups"
      options={options}
      value={props.value ?? null}
      onChange={key =>
        props.onChange(typeof key === 'string' ? key : undefined)
      }
    />
  );
};
