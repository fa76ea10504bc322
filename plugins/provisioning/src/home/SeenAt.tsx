const UNITS: Array<[Intl.RelativeTimeFormatUnit, number]> = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** When something was last observed, in words; the exact time shows on hover. */
export const SeenAt = ({ at }: { at: string }) => {
  const seconds = (Date.parse(at) - Date.now()) / 1000;
  const [unit, size] = UNITS.find(([, least]) => -seconds >= least) ?? [];
  const words =
    unit && size
      ? new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(
          Math.round(seconds / size),
          unit,
        )
      : 'just now';
  return (
    <time dateTime={at} title={new Date(at).toLocaleString()}>
      Checked {words}
    </time>
  );
};
