import express from 'express';
import { UniqueViolation } from '../../../core/store';
import { html } from '../../../core/page';
import { sameText } from '../../../core/sameText';
import { Gitea } from '../model';
import { sendPage, signedIn } from './frame';

/** Scopes of a token for work with git and one's own repositories. */
const SCOPES = ['write:repository', 'read:user'];

/** Where a signed-in person makes access tokens. */
export function addSettingsPages(router: express.Router, gitea: Gitea): void {
  const path = '/user/settings/applications';

  const show = (
    request: express.Request,
    response: express.Response,
    made?: string,
    problem?: string,
  ) => {
    const known = signedIn(gitea, request);
    if (!known) {
      response.redirect(`/user/login?redirect_to=${path}`);
      return;
    }
    const tokens = gitea.logins.tokensOf(known.user);
    sendPage(
      gitea,
      request,
      response,
      'Applications',
      html`
        ${made
          ? html`<p role="status">
                Your new token is below. Copy it now: it is not shown again. Git
                takes it as the password, with your username.
              </p>
              <pre><code>${made}</code></pre>`
          : ''}
        ${problem ? html`<p class="error">${problem}</p>` : ''}
        <h2>Access tokens</h2>
        <table>
          <tr>
            <th>Name</th>
            <th>Ends in</th>
          </tr>
          ${tokens.map(
            ({ name, lastEight }) =>
              html`<tr>
                <td>${name}</td>
                <td><code>${lastEight}</code></td>
              </tr>`,
          )}
        </table>
        <h2>Generate new token</h2>
        <form method="post" action="${path}">
          <input type="hidden" name="_csrf" value="${known.session.csrf}" />
          <label>
            Token name
            <input name="name" required maxlength="60" autocomplete="off" />
          </label>
          <button>Generate token</button>
        </form>
      `,
      problem ? 400 : 200,
    );
  };

  router.get(path, (request, response) => show(request, response));

  router.post(
    path,
    express.urlencoded({ extended: false, limit: '10kb' }),
    (request, response) => {
      const known = signedIn(gitea, request);
      const { _csrf: csrf = '', name = '' } = request.body ?? {};
      if (!known || !sameText(String(csrf), known.session.csrf)) {
        response.redirect(path);
        return;
      }
      if (!/^.{1,60}$/.test(String(name).trim())) {
        show(request, response, undefined, 'Give the token a name.');
        return;
      }
      try {
        const { text } = gitea.logins.addToken(
          known.user,
          String(name).trim(),
          SCOPES,
        );
        show(request, response, text);
      } catch (error) {
        if (!(error instanceof UniqueViolation)) throw error;
        show(
          request,
          response,
          undefined,
          `There is a token called ${name} already.`,
        );
      }
    },
  );
}
