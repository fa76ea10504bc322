import {
  RiApps2Line,
  RiChat3Line,
  RiContactsBook2Line,
  RiGitRepositoryLine,
  RiTerminalBoxLine,
} from '@remixicon/react';

const icons: Record<string, typeof RiApps2Line> = {
  gitea: RiGitRepositoryLine,
  coder: RiTerminalBoxLine,
  mattermost: RiChat3Line,
  twenty: RiContactsBook2Line,
};

/** Picture of what a service is for; decoration beside its name. */
export const ServiceIcon = ({ service }: { service: string }) => {
  const Icon = icons[service] ?? RiApps2Line;
  return <Icon size={24} style={{ flex: 'none' }} aria-hidden />;
};
