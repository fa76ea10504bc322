import { NotFoundError } from '@backstage/errors';
import {
  CoderCallOptions,
  CoderClient,
  CoderWorkspace,
} from '@formulary/plugin-coder-node';

/**
 * A workspace that must be there.
 *
 * @throws NotFoundError that names owner and workspace
 */
export async function requireWorkspace(
  client: CoderClient,
  { owner, name }: { owner: string; name: string },
  options: CoderCallOptions,
): Promise<CoderWorkspace> {
  const workspace = await client.workspaces.find(owner, name, options);
  if (!workspace) {
    throw new NotFoundError(
      `Coder has no workspace "${name}" of "${owner}". Check both names`,
    );
  }
  return workspace;
}
