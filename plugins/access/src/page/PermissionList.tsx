import { Flex, SearchField, Select, Text } from '@backstage/ui';
import type {
  AccessPermission,
  AccessReport,
} from '@formulary/plugin-access-common';
import { useState } from 'react';
import { PermissionRow } from './PermissionRow';
import { permissionWords, pluginWords } from './words';

const SHOWN = {
  all: 'Can and cannot',
  can: 'Can, or for some things',
  cannot: 'Cannot',
};
type Shown = keyof typeof SHOWN;

function fits(
  { name, outcome }: AccessPermission,
  shown: Shown,
  words: string,
): boolean {
  if (shown !== 'all' && (outcome === 'deny') !== (shown === 'cannot')) {
    return false;
  }
  const said = `${name} ${permissionWords(name)}`.toLocaleLowerCase();
  return words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every(word => said.includes(word));
}

/** Every permission of every plugin, by plugin, narrowed by outcome and words. */
export const PermissionList = ({ report }: { report: AccessReport }) => {
  const [shown, setShown] = useState<Shown>('all');
  const [words, setWords] = useState('');
  const fitting = report.permissions.filter(each => fits(each, shown, words));
  const plugins = [...new Set(fitting.map(({ plugin }) => plugin))];
  return (
    <section aria-label="Permissions">
      <Flex gap="2" align="end" mb="3" style={{ flexWrap: 'wrap' }}>
        <SearchField
          aria-label="Search permissions"
          placeholder="Search permissions"
          size="small"
          value={words}
          onChange={setWords}
        />
        <Select
          aria-label="Outcome"
          size="small"
          options={Object.entries(SHOWN).map(([id, label]) => ({ id, label }))}
          value={shown}
          onChange={key => setShown((key ?? 'all') as Shown)}
        />
        <Text role="status" variant="body-small" color="secondary">
          {`${fitting.length} of ${report.permissions.length}`}
        </Text>
      </Flex>
      {fitting.length === 0 && (
        <Text as="p" color="secondary">
          No permission fits.
        </Text>
      )}
      <Flex direction="column" gap="5">
        {plugins.map(plugin => (
          <section key={plugin} aria-label={pluginWords(plugin)}>
            <Text as="h3" variant="title-x-small" weight="bold">
              {pluginWords(plugin)}
            </Text>
            {fitting
              .filter(each => each.plugin === plugin)
              .map(permission => (
                <PermissionRow
                  key={permission.name}
                  permission={permission}
                  report={report}
                />
              ))}
          </section>
        ))}
      </Flex>
    </section>
  );
};
