import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { TaskAccess } from '@formulary/plugin-provisioning-node';

/**
 * The address by which Twenty knows the contact of whoever runs a task, in
 * lower case as Twenty keeps it; undefined unless the identity provider vouches
 * for it.
 */
export async function ownEmail(
  taskAccess: TaskAccess,
  credentials: BackstageCredentials,
): Promise<string | undefined> {
  const { person } = (await taskAccess.getPerson(credentials)) ?? {};
  return person?.emailVerified ? person.email.toLowerCase() : undefined;
}
