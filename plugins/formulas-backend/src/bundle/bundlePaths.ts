/** README of a bundle, shown as it is. */
export const README_PATH = 'README.md';

/** Folder with the skills of Claude Code, one folder each. */
export const SKILLS_FOLDER = 'coder-template/.claude/skills';

/** Folder with the agents of Claude Code, one Markdown file each. */
export const AGENTS_FOLDER = 'coder-template/.claude/agents';

/** MCP servers of a workspace. */
export const MCP_PATH = 'coder-template/.mcp.json';

const namePattern = '[A-Za-z0-9][\\w.-]*';
const skillPath = new RegExp(`^${SKILLS_FOLDER}/(${namePattern})/SKILL\\.md$`);
const agentPath = new RegExp(`^${AGENTS_FOLDER}/(${namePattern})\\.md$`);

/** Folder name of a skill, when the path is that of one. */
export function skillNameOf(path: string): string | undefined {
  return skillPath.exec(path)?.[1];
}

/** File name without its ending of an agent, when the path is that of one. */
export function agentNameOf(path: string): string | undefined {
  return agentPath.exec(path)?.[1];
}

/**
 * Whether the marketplace shows anything of the file at this path, which is
 * relative to the bundle's folder and has forward slashes. Nothing else of a
 * bundle is ever read.
 */
export function isShown(path: string): boolean {
  return (
    path === README_PATH ||
    path === MCP_PATH ||
    skillNameOf(path) !== undefined ||
    agentNameOf(path) !== undefined
  );
}
