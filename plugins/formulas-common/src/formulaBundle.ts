/**
 * A skill or an agent of Claude Code that a formula brings.
 *
 * @public
 */
export interface ClaudeCapability {
  name: string;
  /** What it does and when it is used, from the file's front matter. */
  description?: string;
}

/**
 * An MCP server that a formula's workspace offers to Claude Code. Commands,
 * headers and environment stay on the backend: they may hold what is not for
 * everybody's eyes.
 *
 * @public
 */
export interface ClaudeMcpServer {
  name: string;
  transport: 'stdio' | 'http' | 'sse';
}

/**
 * A file of a bundle that is there but could not be used.
 *
 * @public
 */
export interface FormulaBundleProblem {
  /** Path inside the bundle, with forward slashes. */
  path: string;
  /** Why, for people. */
  message: string;
}

/**
 * What the marketplace shows of a bundle beyond its catalog entity.
 *
 * @public
 */
export interface FormulaBundle {
  /** Markdown. Absent when the bundle has no README. */
  readme?: string;
  claude: {
    skills: ClaudeCapability[];
    agents: ClaudeCapability[];
    mcpServers: ClaudeMcpServer[];
  };
  /** Files that were left out, each with the reason. */
  problems: FormulaBundleProblem[];
}
