import { mcpConfigurationSchema } from './mcpConfiguration';
import { claudeSettingsSchema } from './settingsSchema';

describe('claudeSettingsSchema', () => {
  it('takes what Claude Code documents', () => {
    const settings = {
      $schema: 'https://json.schemastore.org/claude-code-settings.json',
      model: 'sonnet',
      permissions: {
        defaultMode: 'acceptEdits',
        allow: [
          'Read',
          'Skill(ship)',
          'mcp__docs',
          'WebFetch(domain:a.example)',
        ],
        deny: ['Read(./.env)'],
        disableBypassPermissionsMode: 'disable',
      },
      hooks: {
        PostToolUse: [
          {
            matcher: 'Edit|Write',
            hooks: [{ type: 'command', command: 'check', timeout: 60 }],
          },
        ],
      },
    };
    expect(claudeSettingsSchema.parse(settings)).toEqual(settings);
  });

  it.each([
    [{ version: '1.0.0' }],
    [{ skills: { autoLoad: true } }],
    [{ permissions: { allowedCommands: [] } }],
    [{ permissions: { allow: ['Execute(rm)'] } }],
    [{ hooks: { AfterEdit: [] } }],
    [{ hooks: { Stop: [{ command: 'true' }] } }],
    [{ hooks: { Stop: [{ hooks: [{ type: 'shell', command: 'x' }] }] } }],
  ])('refuses %j', settings => {
    expect(claudeSettingsSchema.safeParse(settings).success).toBe(false);
  });
});

describe('mcpConfigurationSchema', () => {
  it.each([
    [{ command: 'npx', args: ['-y', 'server'], env: { A: 'b' } }],
    [{ type: 'stdio', command: 'server' }],
    [{ type: 'http', url: 'https://mcp.example', headers: { A: 'b' } }],
    [{ type: 'sse', url: 'http://localhost:1/sse' }],
  ])('takes the server %j', server => {
    const servers = { mcpServers: { 'my-server': server } };
    expect(mcpConfigurationSchema.safeParse(servers).success).toBe(true);
  });

  it.each([
    [{}],
    [{ args: ['x'] }],
    [{ url: 'https://mcp.example' }],
    [{ type: 'http', url: 'mcp.example' }],
    [{ type: 'http', url: 'https://mcp.example', command: 'npx' }],
    [{ command: 'npx', disabled: true }],
  ])('refuses the server %j', server => {
    const servers = { mcpServers: { server } };
    expect(mcpConfigurationSchema.safeParse(servers).success).toBe(false);
  });
});
