import { Text } from '@backstage/ui';
import type { FormulaBundle } from '@formulary/plugin-formulas-common';
import styles from './ClaudeCode.module.css';
import { Section } from './Section';

const transports = {
  stdio: 'runs in the workspace',
  http: 'over HTTP',
  sse: 'over HTTP (SSE)',
};

/** What Claude Code can do in a workspace of the formula. */
export const ClaudeCode = ({ claude }: { claude: FormulaBundle['claude'] }) => {
  const groups = [
    { title: 'Skills', items: claude.skills },
    { title: 'Agents', items: claude.agents },
    {
      title: 'MCP servers',
      items: claude.mcpServers.map(({ name, transport }) => ({
        name,
        description: transports[transport],
      })),
    },
  ].filter(({ items }) => items.length > 0);
  if (groups.length === 0) {
    return null;
  }
  return (
    <Section title="Claude Code in your workspace">
      <div className={styles.groups}>
        {groups.map(({ title, items }) => (
          <div key={title} className={styles.group}>
            <Text as="h4" variant="body-medium" weight="bold">
              {title}
            </Text>
            <dl className={styles.items}>
              {items.map(({ name, description }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  {description && <dd>{description}</dd>}
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
    </Section>
  );
};
