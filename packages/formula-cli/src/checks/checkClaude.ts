import { posix } from 'node:path';
import { toError } from '@backstage/errors';
import {
  claudeSettingsSchema,
  mcpConfigurationSchema,
  parseFrontMatter,
} from '@formulary/plugin-formulas-node';
import { z } from 'zod';
import { Bundle, CODER_FOLDER, filesIn } from '../bundle/Bundle';
import { Problem, schemaProblems } from '../problem';

const skillFile = /^\.claude\/skills\/([^/]+)\/SKILL\.md$/;
const agentFile = /^\.claude\/agents\/([^/]+)\.md$/;

/** Claude Code's configuration parses, uses documented keys alone, and its skills and agents say who they are. */
export function checkClaude(bundle: Bundle): Problem[] {
  const files = filesIn(bundle, CODER_FOLDER);
  return [...files].flatMap(([path, text]) => {
    const file = `${CODER_FOLDER}/${path}`;
    if (path === '.mcp.json') return json(file, text, mcpConfigurationSchema);
    if (path === '.claude/settings.json') {
      return json(file, text, claudeSettingsSchema);
    }
    const name = (skillFile.exec(path) ?? agentFile.exec(path))?.[1];
    if (name !== undefined) return frontMatter(file, text, name);
    const skill = /^\.claude\/skills\/[^/]+(\/|$)/.exec(path)?.[0];
    if (skill && !files.has(posix.join(skill, 'SKILL.md'))) {
      return [
        {
          file,
          reason:
            'it belongs to no skill: a skill is a folder in .claude/skills with a SKILL.md',
        },
      ];
    }
    return [];
  });
}

function json(file: string, text: string, schema: z.ZodType): Problem[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return [{ file, reason: `it is not JSON: ${toError(error).message}` }];
  }
  const result = schema.safeParse(value);
  return result.success ? [] : schemaProblems(file, result.error);
}

function frontMatter(file: string, text: string, expected: string): Problem[] {
  try {
    const { name } = parseFrontMatter(text);
    return name === expected
      ? []
      : [
          {
            file,
            path: 'name',
            reason: `it is "${name}", and the file says "${expected}"`,
          },
        ];
  } catch (error) {
    return [{ file, reason: toError(error).message }];
  }
}
