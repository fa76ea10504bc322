import { DocumentedAction } from './actions';
import { Field, fieldsOf } from './fields';
import { permissions } from './permissions';

/**
 * The page of an action, as Markdown.
 *
 * @throws Error when nothing is said of who may run it
 */
export function actionPage(action: DocumentedAction): string {
  const { id, description = '', examples = [], supportsDryRun } = action;
  const permission = permissions[id];
  if (!permission) {
    throw new Error(
      `Say who may run ${id} in packages/action-docs/src/permissions.ts`,
    );
  }
  return [
    `# ${id}`,
    sentence(description),
    `**Who may run it:** ${permission}`,
    `**Dry run:** ${
      supportsDryRun
        ? 'makes and changes nothing; outputs that only a real run knows are placeholders.'
        : 'leaves this step out.'
    }`,
    '## Input',
    inputTable(fieldsOf(action.schema?.input)),
    '## Output',
    outputTable(fieldsOf(action.schema?.output)),
    '## Examples',
    ...examples.flatMap(example => [
      `### ${example.description}`,
      `\`\`\`yaml\n${example.example.trim()}\n\`\`\``,
    ]),
  ].join('\n\n');
}

function inputTable(fields: Field[]): string {
  if (fields.length === 0) return 'None.';
  return table([
    ['name', 'type', 'required', 'description'],
    ...fields.map(({ name, type, required, description }) => [
      `\`${name}\``,
      type,
      required ? 'yes' : 'no',
      description,
    ]),
  ]);
}

function outputTable(fields: Field[]): string {
  if (fields.length === 0) return 'None.';
  return table([
    ['name', 'type', 'description'],
    ...fields.map(({ name, type, description }) => [
      `\`${name}\``,
      type,
      description,
    ]),
  ]);
}

/** A table; the first row is its head. */
export function table([head, ...body]: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells
      .map(cell => cell.replace(/\|/g, '\\|').replace(/\s+/g, ' '))
      .join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join(
    '\n',
  );
}

/** A text that ends with a full stop. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
