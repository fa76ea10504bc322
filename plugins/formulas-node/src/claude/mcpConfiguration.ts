import { z } from 'zod';

const texts = z.record(z.string(), z.string());

const localServer = z.strictObject({
  type: z.literal('stdio').optional(),
  command: z.string().min(1),
  args: z.array(z.string()).optional(),
  env: texts.optional(),
});

const remoteServer = z.strictObject({
  type: z.enum(['http', 'sse'], {
    error: 'a server with a url has the type "http" or "sse"',
  }),
  url: z.url({ protocol: /^https?$/ }),
  headers: texts.optional(),
});

/**
 * Schema of a `.mcp.json`, of the keys that Claude Code documents alone: a
 * server is a command to start or an address to call.
 *
 * @public
 */
export const mcpConfigurationSchema = z.strictObject({
  mcpServers: z.record(
    z.string().regex(/^[A-Za-z0-9_-]+$/, {
      error: 'a server is named with letters, digits, "-" and "_"',
    }),
    z.looseObject({}).superRefine((server, context) => {
      // One of the two, so that the message is about the one that was meant.
      const schema = 'url' in server ? remoteServer : localServer;
      for (const { path, message } of schema.safeParse(server).error?.issues ??
        []) {
        context.addIssue({ code: 'custom', path, message });
      }
    }),
  ),
});
