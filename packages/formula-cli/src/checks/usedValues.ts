/** Tags of the template engine: `${{ … }}` and `{% … %}`. */
const tag = /\$\{\{([\s\S]*?)\}\}|\{%([\s\S]*?)%\}/g;
const reference = /\bvalues(?:\.([A-Za-z_]\w*)|\[\s*["']([^"']+)["']\s*\])/g;
/** What the engine leaves as it is. */
const raw = /\{%-?\s*raw\s*-?%\}[\s\S]*?\{%-?\s*endraw\s*-?%\}/g;

/**
 * Names of the values that files and their paths use, each with a file that does.
 *
 * @param files - content by path
 */
export function usedValues(
  files: ReadonlyMap<string, string>,
): Map<string, string> {
  const used = new Map<string, string>();
  for (const [file, content] of files) {
    const text = `${file}\n${content.replace(raw, '')}`;
    for (const [, expression, statement] of text.matchAll(tag)) {
      for (const [, dotted, quoted] of (expression ?? statement).matchAll(
        reference,
      )) {
        const name = dotted ?? quoted;
        if (!used.has(name)) used.set(name, file);
      }
    }
  }
  return used;
}
