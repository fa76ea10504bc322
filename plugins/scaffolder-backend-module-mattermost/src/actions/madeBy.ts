import { MattermostTeam } from '@formulary/plugin-mattermost-node';

const mark = (taskId: string) => `Made by the portal, task ${taskId}`;

/**
 * Description of a team that a task makes. It keeps the task's id, so that the
 * task knows its team again when it goes on after a crash.
 */
export function describeTeam(taskId: string, description?: string): string {
  return description ? `${description} (${mark(taskId)})` : mark(taskId);
}

/** Whether a team was made by a task. Only its admins can change a team's description. */
export function isMadeBy(team: MattermostTeam, taskId: string): boolean {
  return team.description?.includes(mark(taskId)) ?? false;
}
