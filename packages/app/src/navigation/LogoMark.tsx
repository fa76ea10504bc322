/** Formulary's mark: a flask whose neck is an opening bracket's arm. */
export const LogoMark = ({ className }: { className?: string }) => (
  <svg className={className} viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="8" fill="var(--bui-accent-bg)" />
    <path
      d="M12.5 6.5h7M14 6.5v7.2L8.6 22.4A2 2 0 0 0 10.3 25.5h11.4a2 2 0 0 0 1.7-3.1L18 13.7V6.5"
      fill="none"
      stroke="var(--bui-accent-fg)"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
    <path
      d="M11.2 20h9.6l2 3.2a.9.9 0 0 1-.8 1.3H10a.9.9 0 0 1-.8-1.3z"
      fill="var(--bui-accent-fg)"
    />
  </svg>
);
