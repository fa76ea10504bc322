/**
 * What is wrong with the name of a user, workspace or template, as Coder puts it (codersdk/name.go).
 */
export function nameProblem(name: string): string | undefined {
  if (name.length > 32) return 'must be <= 32 characters';
  if (name.length < 1) return 'must be >= 1 character';
  if (!/^[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*$/.test(name)) {
    return 'must be alphanumeric with hyphens';
  }
  if (['new', 'create'].includes(name.toLowerCase())) {
    return `cannot use ${JSON.stringify(name)} as a name`;
  }
  return undefined;
}

/** What is wrong with the name of a template version (codersdk/name.go). */
export function versionNameProblem(name: string): string | undefined {
  if (name.length > 64) return 'must be <= 64 characters';
  return /^[a-zA-Z0-9]+(?:[_.-]{1}[a-zA-Z0-9]+)*$/.test(name)
    ? undefined
    : 'must be alphanumeric with underscores and dots';
}

/** A username that satisfies the rule, made of any text (codersdk/name.go, UsernameFrom). */
export function usernameFrom(text: string): string {
  const local = text.split('@')[0];
  return (
    local
      .replace(/[^a-zA-Z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 32)
      .replace(/-+$/, '') || 'user'
  );
}
