import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { parseDocument } from 'yaml';
import { actionPage, sentence, table } from './actionPage';
import { DocumentedAction, documentedActions } from './actions';

/** Root of the repository. */
export const root = dirname(require.resolve('../../../package.json'));

const intro = `# Actions

What Formulary adds to the steps of a template, each with its inputs, outputs and examples. These pages are written by
\`yarn docs:actions\` from the actions themselves.

Outputs are used by later steps as \`\${{ steps.<id>.output.<name> }}\`. Every action looks before it creates, so a run
that failed may simply start over. What an action made is undone by the steps in its output \`rollback\`.`;

/** Name of an action's page: no colon, which is no part of a file's name everywhere. */
const fileOf = ({ id }: DocumentedAction) => `${id.replace(':', '-')}.md`;

/** Every page of the reference and `mkdocs.yml` with its navigation: content by path in the repository. */
export async function documentationPages(): Promise<Map<string, string>> {
  const actions = documentedActions();
  const pages = new Map<string, string>();
  const add = async (path: string, parser: string, content: string) => {
    const config = await resolveConfig(join(root, path));
    pages.set(path, format(content, { ...config, parser }));
  };
  const overview = table([
    ['action', 'what it does'],
    ...actions.map(action => [
      `[\`${action.id}\`](${fileOf(action)})`,
      sentence(action.description ?? ''),
    ]),
  ]);
  await add('docs/actions/index.md', 'markdown', `${intro}\n\n${overview}\n`);
  for (const action of actions) {
    await add(`docs/actions/${fileOf(action)}`, 'markdown', actionPage(action));
  }
  await add('mkdocs.yml', 'yaml', navigation(actions));
  return pages;
}

/** `mkdocs.yml` as it is, with the entry "Actions" for these actions. */
function navigation(actions: DocumentedAction[]): string {
  const mkdocs = parseDocument(readFileSync(join(root, 'mkdocs.yml'), 'utf8'));
  const entries: Array<Record<string, unknown>> = mkdocs.toJS().nav;
  const entry = {
    Actions: [
      { Overview: 'actions/index.md' },
      ...actions.map(action => ({ [action.id]: `actions/${fileOf(action)}` })),
    ],
  };
  const others = entries.filter(item => !('Actions' in item));
  const behind = others.findIndex(
    item => Object.values(item)[0] === 'formula-authors.md',
  );
  others.splice(behind + 1, 0, entry);
  mkdocs.set('nav', mkdocs.createNode(others));
  return mkdocs.toString();
}
