import express from 'express';
import { html, Markup } from '../../../core/page';
import { RecordRow, Twenty } from '../model';
import { sendPage, signedIn } from './frame';

const LIST_LIMIT = 200;

type Fields = Array<[string, string | Markup]>;

/** A list of a kind of record and a page for each; for members of the workspace. */
export function addRecordPages(router: express.Router, twenty: Twenty): void {
  const linkTo = (single: string, id: string | null, title: string) =>
    id ? html`<a href="/object/${single}/${id}">${title}</a>` : '';
  const companyLink = (id: string | null) =>
    linkTo('company', id, (id && twenty.companies.get(id)?.name) || 'Company');
  const fullName = (id: string | null) => {
    const person = id ? twenty.people.get(id) : undefined;
    return person ? `${person.name.firstName} ${person.name.lastName}` : '';
  };

  const kinds: Array<{
    single: string;
    list: string;
    rows(): RecordRow[];
    describe(id: string): { title: string; fields: Fields } | undefined;
  }> = [
    {
      single: 'person',
      list: 'people',
      rows: () => twenty.people.all(),
      describe(id) {
        const row = twenty.people.get(id);
        return (
          row && {
            title: fullName(id),
            fields: [
              ['Email', row.emails.primaryEmail],
              ['Job title', row.jobTitle],
              ['Company', companyLink(row.companyId)],
            ],
          }
        );
      },
    },
    {
      single: 'company',
      list: 'companies',
      rows: () => twenty.companies.all(),
      describe(id) {
        const row = twenty.companies.get(id);
        return (
          row && {
            title: row.name,
            fields: [['Domain', row.domainName.primaryLinkUrl]],
          }
        );
      },
    },
    {
      single: 'opportunity',
      list: 'opportunities',
      rows: () => twenty.opportunities.all(),
      describe(id) {
        const row = twenty.opportunities.get(id);
        const { amountMicros } = row?.amount ?? {};
        return (
          row && {
            title: row.name,
            fields: [
              ['Stage', row.stage],
              [
                'Amount',
                amountMicros
                  ? `${amountMicros / 1_000_000} ${row.amount.currencyCode}`
                  : '',
              ],
              ['Close date', row.closeDate ?? ''],
              ['Company', companyLink(row.companyId)],
              [
                'Point of contact',
                linkTo(
                  'person',
                  row.pointOfContactId,
                  fullName(row.pointOfContactId),
                ),
              ],
            ],
          }
        );
      },
    },
  ];

  router.use('/object', requireMember(twenty));
  router.use('/objects', requireMember(twenty));

  for (const { single, list, rows, describe } of kinds) {
    router.get(`/objects/${list}`, (request, response) => {
      const shown = rows()
        .filter(({ deletedAt }) => !deletedAt)
        .slice(0, LIST_LIMIT);
      sendPage(
        response,
        signedIn(twenty, request),
        list[0].toUpperCase() + list.slice(1),
        html`<nav>
            ${kinds.map(
              kind => html`<a href="/objects/${kind.list}">${kind.list}</a> `,
            )}
          </nav>
          ${shown.length === 0 ? html`<p>Nothing yet.</p>` : ''}
          <ul>
            ${shown.map(
              ({ id }) =>
                html`<li>${linkTo(single, id, describe(id)!.title)}</li>`,
            )}
          </ul>`,
      );
    });

    router.get(`/object/${single}/:id`, (request, response) => {
      const record = describe(request.params.id);
      const deleted = rows().find(
        ({ id }) => id === request.params.id,
      )?.deletedAt;
      if (!record || deleted) {
        sendPage(
          response,
          signedIn(twenty, request),
          'Not found',
          html`<p>There is no such record.</p>`,
          404,
        );
        return;
      }
      sendPage(
        response,
        signedIn(twenty, request),
        record.title,
        html`<p class="note">${single}</p>
          <table>
            ${record.fields.map(
              ([label, value]) =>
                html`<tr>
                  <th scope="row">${label}</th>
                  <td>${value}</td>
                </tr>`,
            )}
          </table>`,
      );
    });
  }
}

function requireMember(twenty: Twenty): express.RequestHandler {
  return (request, response, next) => {
    if (signedIn(twenty, request)) next();
    else response.redirect('/welcome');
  };
}
