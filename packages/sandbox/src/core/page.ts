import { html, raw } from 'hono/html';

/** Markup whose interpolations were escaped by hono's `html` tag. */
export type Markup = ReturnType<typeof html>;

/** What the frame of a stand-in's page shows around its content. */
export interface PageFrame {
  /** Name of the product that the stand-in imitates. */
  service: string;
  /** CSS colour of the bar at the top, so that the five are told apart at a glance. */
  colour: string;
  title: string;
  /** Who is signed in at this stand-in, if anybody. */
  user?: { name: string; logoutPath: string };
  /** Where "Log in with Keycloak" points when nobody is signed in. */
  loginPath?: string;
}

const style = `
:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 16%,transparent);--soft:color-mix(in srgb,currentColor 62%,transparent)}
*{box-sizing:border-box}
body{margin:0;font:16px/1.55 system-ui,sans-serif;background:Canvas;color:CanvasText}
header{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;padding:.75rem clamp(1rem,4vw,2rem);color:#fff}
header a{color:#fff}
header strong{font-size:1.05rem}
.badge{border:1px solid currentColor;border-radius:99px;padding:0 .6rem;font-size:.75rem;letter-spacing:.06em;text-transform:uppercase}
.who{margin-left:auto;display:flex;gap:.75rem;align-items:center}
main{max-width:60rem;margin:0 auto;padding:clamp(1rem,4vw,2.5rem)}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.1rem;margin:2rem 0 .5rem}
table{width:100%;border-collapse:collapse}
th,td{text-align:left;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600;color:var(--soft)}
pre,code{font-family:ui-monospace,monospace;font-size:.875rem}
pre{overflow:auto;padding:1rem;border:1px solid var(--line);border-radius:.5rem}
form{display:grid;gap:.9rem;max-width:24rem}
label{display:grid;gap:.25rem;font-weight:600}
input,select,button,.button{font:inherit;padding:.55rem .75rem;border-radius:.5rem;border:1px solid var(--line);background:Field;color:FieldText}
button,.button{display:inline-block;background:#1f2937;color:#fff;border-color:#1f2937;cursor:pointer;text-decoration:none;justify-self:start}
:focus-visible{outline:3px solid #6366f1;outline-offset:2px}
.note{color:var(--soft)}
.error{border-left:3px solid #dc2626;padding:.25rem .75rem}
`;

/**
 * A whole page of a stand-in, clearly marked "Sandbox".
 *
 * @param frame - what surrounds the content
 * @param content - escaped markup, made with {@link html}
 */
export function renderPage(frame: PageFrame, content: Markup): string {
  const account = frame.user
    ? html`<span class="who">
        <span>Signed in as <b>${frame.user.name}</b></span>
        <a href="${frame.user.logoutPath}">Log out</a>
      </span>`
    : frame.loginPath &&
      html`<span class="who"
        ><a href="${frame.loginPath}">Log in with Keycloak</a></span
      >`;
  return String(html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>${frame.title} · ${frame.service} sandbox</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <header style="background:${frame.colour}">
          <strong>${frame.service}</strong>
          <span class="badge">Sandbox</span>
          ${account || ''}
        </header>
        <main>
          <h1>${frame.title}</h1>
          ${content}
        </main>
      </body>
    </html>`);
}

export { html } from 'hono/html';
