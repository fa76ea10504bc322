import express from 'express';
import { Markup, PageFrame, renderPage } from '../../../core/page';

/** A page of the realm. */
export function keycloakPage(
  title: string,
  content: Markup,
  user?: PageFrame['user'],
): string {
  return renderPage(
    { service: 'Keycloak', colour: '#33415c', title, user },
    content,
  );
}

/** Headers of every page: Keycloak's security headers, and no caching. */
export const pageHeaders: express.RequestHandler = (
  _request,
  response,
  next,
) => {
  response.set({
    'Cache-Control': 'no-store, must-revalidate, max-age=0',
    'Content-Security-Policy':
      "frame-src 'self'; frame-ancestors 'self'; object-src 'none';",
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'SAMEORIGIN',
    'X-Robots-Tag': 'none',
  });
  next();
};
