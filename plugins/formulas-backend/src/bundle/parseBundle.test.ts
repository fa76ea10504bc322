import { parseBundle } from './parseBundle';

function parse(files: Record<string, string>) {
  return parseBundle({ files: new Map(Object.entries(files)), problems: [] });
}

describe('parseBundle', () => {
  it('lists skills and agents by name, and MCP servers without their secrets', () => {
    const bundle = parse({
      'README.md': '# Hello',
      'coder-template/.claude/skills/b/SKILL.md':
        '---\nname: b\ndescription: Does b\nallowed-tools: Read\n---\n# B',
      'coder-template/.claude/skills/a/SKILL.md':
        '---\r\nname: a\r\ndescription: Does a\r\n---\r\n',
      'coder-template/.claude/agents/reviewer.md':
        '---\nname: reviewer\ndescription: Reviews\n---\nYou review.',
      'coder-template/.mcp.json': JSON.stringify({
        mcpServers: {
          browser: { command: 'npx', env: { TOKEN: 'top-secret' } },
          docs: { type: 'http', url: 'https://x', headers: { key: 'k' } },
          old: { url: 'https://y' },
        },
      }),
    });
    expect(bundle).toEqual({
      readme: '# Hello',
      claude: {
        skills: [
          { name: 'a', description: 'Does a' },
          { name: 'b', description: 'Does b' },
        ],
        agents: [{ name: 'reviewer', description: 'Reviews' }],
        mcpServers: [
          { name: 'browser', transport: 'stdio' },
          { name: 'docs', transport: 'http' },
          { name: 'old', transport: 'http' },
        ],
      },
      problems: [],
    });
  });

  it.each([
    [
      'coder-template/.claude/skills/a/SKILL.md',
      '# no front matter',
      'The file does not start with a YAML block.',
    ],
    [
      'coder-template/.claude/skills/a/SKILL.md',
      '---\nname: a\n---\n',
      'Its YAML block must have a name and a description.',
    ],
    [
      'coder-template/.claude/agents/a.md',
      '---\nname: [\n---\n',
      'Its YAML block cannot be read',
    ],
    ['coder-template/.mcp.json', '{', 'The file is not valid JSON.'],
    [
      'coder-template/.mcp.json',
      '{"servers":{}}',
      'The file does not have the form of an MCP configuration.',
    ],
  ])('leaves out a wrong %s and says why', (path, text, message) => {
    const bundle = parse({ 'README.md': 'Still here', [path]: text });
    expect(bundle.readme).toBe('Still here');
    expect(bundle.problems).toEqual([
      { path, message: expect.stringContaining(message) },
    ]);
  });
});
