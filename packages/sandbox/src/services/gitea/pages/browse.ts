import { html, Markup } from '../../../core/page';
import { GitStore } from '../model/git';

/** Longest part of a file that a page shows. */
const SHOWN_BYTES = 200_000;

/**
 * What a page shows of a path in a commit: the file, or the folder with its
 * README; undefined when there is neither.
 *
 * @param base - address of the commit's root, without a trailing slash
 */
export async function browse(
  git: GitStore,
  id: string,
  base: string,
  sha: string,
  path: string,
): Promise<Markup | undefined> {
  const file = path && (await git.file(id, sha, path));
  if (file) {
    return html`<h2>${path}</h2>
      <pre>${file.content.subarray(0, SHOWN_BYTES).toString()}</pre>`;
  }
  const entries = await git.list(id, sha, path);
  if (!entries) return undefined;
  const commit = await git.commit(id, sha);
  const readme = entries.find(({ name }) => name.toLowerCase() === 'readme.md');
  const text = readme && (await git.file(id, sha, readme.path));
  return html`<p class="note">
      ${commit.author}: ${commit.message.split('\n')[0]}
      <code>${sha.slice(0, 10)}</code>
    </p>
    <table>
      ${entries.map(
        entry =>
          html`<tr>
            <td>
              <a href="${base}/${address(entry.path)}"
                >${entry.name}${entry.type === 'dir' ? '/' : ''}</a
              >
            </td>
            <td>${entry.type === 'dir' ? '' : `${entry.size} bytes`}</td>
          </tr>`,
      )}
    </table>
    ${text
      ? html`<h2>${readme.name}</h2>
          <pre>${text.content.toString()}</pre>`
      : ''}`;
}

/** A path of a repository as part of a URL. */
function address(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
