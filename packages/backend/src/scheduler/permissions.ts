import { createPermission } from '@backstage/plugin-permission-common';

/** To see, start and stop the scheduled tasks of every plugin. */
export const schedulerTasksManagePermission = createPermission({
  name: 'scheduler.tasks.manage',
  attributes: { action: 'update' },
});
