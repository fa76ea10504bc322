import {
  BreadcrumbEntry,
  useBreadcrumbEntries,
  type PageLayoutProps,
} from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import { useMemo } from 'react';
import { useLocation, useMatch, useResolvedPath } from 'react-router-dom';
import { DocumentTitle } from './DocumentTitle';

type Tab = NonNullable<PageLayoutProps['tabs']>[number];

function openTab(tabs: Tab[] | undefined, pathname: string): Tab | undefined {
  return tabs?.find(
    ({ href }) => pathname === href || pathname.startsWith(`${href}/`),
  );
}

/**
 * Backstage's own layout of a page (plugin-app, core-page-layout), and what it
 * leaves out: the landmark that assistive technology jumps to, and a title of
 * the document by which tabs of the browser are told apart.
 */
export const PageLayout = (props: PageLayoutProps) => {
  const { title, icon, noHeader, titleLink, headerActions, children } = props;
  const parentPath = useResolvedPath('.').pathname.replace(/\/$/, '');
  const tabs = useMemo(
    () =>
      props.tabs?.map(tab => ({
        ...tab,
        href: tab.href.startsWith('/')
          ? tab.href
          : `${parentPath}/${tab.href}`.replace(/\/{2,}/g, '/'),
        matchStrategy: 'prefix' as const,
      })),
    [props.tabs, parentPath],
  );
  const { items: breadcrumbs } = useBreadcrumbEntries();
  const { pathname } = useLocation();
  // The catalog's page of an entity brings a landmark and a title of its own.
  const isEntity = useMatch('/catalog/:namespace/:kind/:name/*') !== null;
  const content = isEntity ? children : <main>{children}</main>;
  const named = (
    <>
      {!isEntity && (
        <DocumentTitle parts={[openTab(tabs, pathname)?.label, title]} />
      )}
      {!noHeader && (
        <PluginHeader
          title={title}
          icon={icon}
          titleLink={titleLink}
          breadcrumbs={breadcrumbs}
          tabs={tabs}
          customActions={headerActions}
        />
      )}
      {content}
    </>
  );
  if (noHeader || !title) return named;
  return (
    <BreadcrumbEntry
      entry={{ label: title, href: titleLink ?? (parentPath || '/') }}
    >
      {named}
    </BreadcrumbEntry>
  );
};
