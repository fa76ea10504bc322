import { relativeTime } from './relativeTime';

/** When something was or will be, in words; the exact time shows on hover. */
export const When = ({ at, before }: { at: string; before?: string }) => (
  <time dateTime={at} title={new Date(at).toLocaleString()}>
    {before ? `${before} ` : ''}
    {relativeTime(at)}
  </time>
);
