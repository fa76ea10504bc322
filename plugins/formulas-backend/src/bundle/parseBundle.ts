import { toError } from '@backstage/errors';
import type {
  ClaudeCapability,
  FormulaBundle,
} from '@formulary/plugin-formulas-common';
import {
  parseFrontMatter,
  parseMcpServers,
} from '@formulary/plugin-formulas-node';
import { agentNameOf, MCP_PATH, README_PATH, skillNameOf } from './bundlePaths';
import type { BundleContents } from './BundleSource';

/**
 * Makes what the marketplace shows of a bundle's files. A file that is wrong
 * is left out and told of in `problems`; it does not spoil the rest.
 */
export function parseBundle(contents: BundleContents): FormulaBundle {
  const bundle: FormulaBundle = {
    readme: contents.files.get(README_PATH),
    claude: { skills: [], agents: [], mcpServers: [] },
    problems: [...contents.problems],
  };
  const attempt = (path: string, parse: () => void) => {
    try {
      parse();
    } catch (error) {
      bundle.problems.push({ path, message: toError(error).message });
    }
  };

  for (const [path, text] of contents.files) {
    if (path === MCP_PATH) {
      attempt(path, () => {
        bundle.claude.mcpServers = parseMcpServers(text);
      });
    } else if (skillNameOf(path)) {
      attempt(path, () => bundle.claude.skills.push(parseFrontMatter(text)));
    } else if (agentNameOf(path)) {
      attempt(path, () => bundle.claude.agents.push(parseFrontMatter(text)));
    }
  }
  bundle.claude.skills.sort(byName);
  bundle.claude.agents.sort(byName);
  return bundle;
}

function byName(a: ClaudeCapability, b: ClaudeCapability): number {
  return a.name.localeCompare(b.name, 'en');
}
