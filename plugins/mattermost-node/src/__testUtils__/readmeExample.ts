import { isServiceError } from '@formulary/service-client-node';
import { MattermostClient } from '../index';

/** Writes into a channel of a team, which is made when it is not there; answers the message's id. */
export async function announce(
  mattermost: MattermostClient,
  where: { team: string; channel: string },
  message: string,
): Promise<string> {
  const team = await mattermost.teams.byName(where.team);
  if (!team) throw new Error(`There is no team ${where.team}`);
  const find = () => mattermost.channels.byName(team, where.channel);
  const channel =
    (await find()) ??
    (await mattermost.channels
      .create(team, { name: where.channel, displayName: where.channel })
      .catch(async error => {
        // Somebody else may have been faster.
        const made = isServiceError(error, 'conflict') && (await find());
        if (made) return made;
        throw error;
      }));
  const { id } = await mattermost.channels.post(channel, { message });
  return id;
}
