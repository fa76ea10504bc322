/** E-mail addresses are kept in lower case (`transform-emails-value.util.ts`). */
export function withLowerCaseEmail<T extends { primaryEmail?: string }>(
  emails: T | null | undefined,
): T | null | undefined {
  return emails?.primaryEmail
    ? { ...emails, primaryEmail: emails.primaryEmail.toLowerCase() }
    : emails;
}

/**
 * Addresses of links are kept with their host in lower case and without a
 * trailing slash, where they are addresses of the web (`transform-links-value.util.ts`).
 */
export function withTidyUrl<T extends { primaryLinkUrl?: string }>(
  link: T | null | undefined,
): T | null | undefined {
  const given = link?.primaryLinkUrl;
  if (!link || !given || !/^https?:/i.test(given) || !URL.canParse(given)) {
    return link;
  }
  const { origin, pathname, search, hash } = new URL(given);
  return {
    ...link,
    primaryLinkUrl: `${origin}${pathname}${search}${hash}`.replace(/\/$/, ''),
  };
}
