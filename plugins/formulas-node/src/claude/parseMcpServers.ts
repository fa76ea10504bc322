import type { ClaudeMcpServer } from '@formulary/plugin-formulas-common';
import { z } from 'zod';

const configuration = z.object({
  mcpServers: z.record(
    z.string(),
    z.object({
      type: z.enum(['stdio', 'http', 'sse']).optional(),
      url: z.string().optional(),
    }),
  ),
});

/**
 * Names and transports of the MCP servers in a `.mcp.json`. Commands, headers
 * and environment are left out on purpose.
 *
 * @throws Error that says for people that the file is not valid
 *
 * @public
 */
export function parseMcpServers(text: string): ClaudeMcpServer[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('The file is not valid JSON.');
  }
  const result = configuration.safeParse(value);
  if (!result.success) {
    throw new Error('The file does not have the form of an MCP configuration.');
  }
  return Object.entries(result.data.mcpServers).map(([name, server]) => ({
    name,
    transport: server.type ?? (server.url ? 'http' : 'stdio'),
  }));
}
