import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Helmet } from 'react-helmet';

/** Names the document by what it shows, most special first, and the portal; parts without words are left out. */
export const DocumentTitle = (props: { parts: (string | undefined)[] }) => {
  const portal = useApi(configApiRef).getOptionalString('app.title');
  const title = [...props.parts, portal].filter(Boolean).join(' | ');
  return <Helmet title={title} />;
};
