/** A ref as people say it: without kind and namespace where those are the usual ones. */
export function shortName(ref: string): string {
  return ref.replace(/^(user|group|template):(default\/)?/, '');
}
