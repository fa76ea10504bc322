import {
  Sidebar,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import { RiMenuLine, RiSearchLine } from '@remixicon/react';
import { Logo } from './Logo';

const navContent = NavContentBlueprint.make({
  params: {
    component: ({ navItems }) => {
      const items = navItems.withComponent(({ icon, href, title }) => (
        <SidebarItem icon={() => icon} to={href} text={title} />
      ));
      // Search and notifications have an item of their own below.
      navItems.take('page:search');
      navItems.take('page:notifications');
      // This one is reached from an entity's page.
      navItems.take('page:catalog-graph');
      return (
        <Sidebar>
          <Logo />
          <SidebarGroup label="Search" icon={<RiSearchLine />} to="/search">
            <SidebarSearchModal />
          </SidebarGroup>
          <SidebarGroup label="Menu" icon={<RiMenuLine />}>
            {items.take('page:home')}
            {items.take('page:formulas')}
            {items.take('page:catalog')}
            {items.take('page:scaffolder')}
            {items
              .rest({ sortBy: 'title' })
              .filter(({ key }) => key !== 'page:user-settings')}
          </SidebarGroup>
          <SidebarSpace />
          {/* Its count in the document's title would take the place of what the page is called. */}
          <NotificationsSidebarItem titleCounterEnabled={false} />
          <SidebarGroup
            label="Settings"
            icon={<UserSettingsSignInAvatar />}
            to="/settings"
          >
            {items.take('page:user-settings')}
          </SidebarGroup>
        </Sidebar>
      );
    },
  },
});

/** The sidebar. */
export const navigationModule = createFrontendModule({
  pluginId: 'app',
  extensions: [navContent],
});
