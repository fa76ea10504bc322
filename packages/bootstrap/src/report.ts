/** What a step did. */
export type Outcome = 'created' | 'updated' | 'was there already';

/** One thing that a bootstrap looked at. */
export interface ReportLine {
  service: string;
  /** What it is, for people: "client gitea". */
  subject: string;
  outcome: Outcome;
}

/** Collects what a bootstrap did, and tells it line by line. Holds no secrets. */
export class Report {
  readonly lines: ReportLine[] = [];

  constructor(private readonly print: (line: string) => void) {}

  /** Records what was done. */
  say(service: string, subject: string, outcome: Outcome): void {
    this.lines.push({ service, subject, outcome });
    this.print(`${service}: ${subject} ${outcome}`);
  }

  /** Tells something that is nobody's outcome: what a person has to do. */
  note(text: string): void {
    this.print(text);
  }

  /** Whether something was created or updated. */
  get changed(): boolean {
    return this.lines.some(({ outcome }) => outcome !== 'was there already');
  }
}
