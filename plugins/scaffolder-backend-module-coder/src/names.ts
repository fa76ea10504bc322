/** What is wrong with the name of a workspace or template, if anything (Coder's `codersdk/name.go`). */
export function nameProblem(name: string): string | undefined {
  if (!/^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$/.test(name) || name.length > 32) {
    return 'use 1 to 32 letters and digits, with single hyphens between them';
  }
  return ['new', 'create'].includes(name.toLowerCase())
    ? 'Coder reserves it'
    : undefined;
}
