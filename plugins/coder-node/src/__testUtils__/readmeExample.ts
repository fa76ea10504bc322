import { CoderClient } from '../index';

/** Starts somebody's workspace and hands on every line of the build's log, until its apps answer. */
export async function startWorkspace(
  coder: CoderClient,
  owner: string,
  name: string,
  onLine: (line: string) => void,
): Promise<Record<string, string>> {
  const workspace = await coder.workspaces.find(owner, name);
  if (!workspace) throw new Error(`${owner} has no workspace ${name}`);
  const build = await coder.workspaces.build(workspace.id, 'start');
  for await (const { output } of coder.workspaces.followBuild(build.id)) {
    onLine(output);
  }
  const ready = await coder.workspaces.waitUntilReady(workspace.id);
  return coder.appUrls(ready);
}
