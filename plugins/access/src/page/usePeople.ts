import { useApi } from '@backstage/frontend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useEffect, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';

const PAUSE_MS = 200;
const LIMIT = 20;

/** People of the catalog whose name or address has the words; some of them, when there are many. */
export function usePeople(words: string) {
  const catalog = useApi(catalogApiRef);
  const [people, setPeople] = useState<Array<{ id: string; label: string }>>(
    [],
  );
  const [error, setError] = useState<string>();

  useEffect(() => {
    let gone = false;
    const read = async () => {
      try {
        const { items } = await catalog.queryEntities({
          filter: { kind: 'user' },
          fields: ['kind', 'metadata.namespace', 'metadata.name', 'spec'],
          orderFields: { field: 'metadata.name', order: 'asc' },
          limit: LIMIT,
          fullTextFilter: {
            term: words.trim(),
            fields: [
              'metadata.name',
              'spec.profile.displayname',
              'spec.profile.email',
            ],
          },
        });
        if (gone) return;
        setError(undefined);
        setPeople(
          items.map(user => {
            const profile = user.spec?.profile as
              | { displayName?: string }
              | undefined;
            const { name } = user.metadata;
            return {
              id: stringifyEntityRef(user),
              label: profile?.displayName
                ? `${profile.displayName} (${name})`
                : name,
            };
          }),
        );
      } catch (failure) {
        if (!gone) setError(messageOf(failure));
      }
    };
    const timer = setTimeout(read, PAUSE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [catalog, words]);

  return { people, error };
}
