import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect } from 'react';

/** Time without a change after which the others are done with theirs. */
const CALM_MS = 250;

/**
 * Names the document by what it shows, most special first, and the portal;
 * parts without words are left out.
 *
 * The counter of unread notifications puts titles back that it remembers, also
 * when it shows no number (plugin-notifications, useTitleCounter): what it has
 * done is undone once it is calm.
 */
export const DocumentTitle = (props: { parts: (string | undefined)[] }) => {
  const portal = useApi(configApiRef).getOptionalString('app.title');
  const title = [...props.parts, portal].filter(Boolean).join(' | ');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const name = () => {
      if (document.title !== title) document.title = title;
    };
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(name, CALM_MS);
    });
    observer.observe(document.head, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    name();
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, [title]);
  return null;
};
