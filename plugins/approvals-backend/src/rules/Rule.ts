/** Whose approval a rule wants. */
export interface ApproverRule {
  /** Refs of users who may decide, of whatever organisation. */
  users: string[];
  /** Refs of groups whose members may decide, of whatever organisation. */
  groups: string[];
  /** `template`, or the ref of an entity: its owners may decide, if they are of the requester's organisation. */
  ownersOf?: string;
  /** Whether the admins of the requester's organisation may decide. */
  organisationAdmins: boolean;
}

/** What a rule applies to; everything that is given has to fit. */
export interface RuleMatch {
  /** Refs of templates, or of formulas in place of their templates. */
  templates?: string[];
  /** Ids of provisioning services, of which the task names one. */
  services?: string[];
  /** Refs of users, or of groups of which the requester is a member. */
  requesters?: string[];
  /** Names of organisations. */
  organisations?: string[];
  /** Estimated cost in a month, above which it applies. */
  costAbove?: number;
}

/** When an approval is needed, and whose. */
export interface Rule {
  name: string;
  match: RuleMatch;
  approvers: ApproverRule;
  /** Milliseconds for a decision, and again for the use of an approval. */
  expiryMs: number;
  /** Milliseconds between reminders of those who may decide; undefined: none. */
  reminderMs?: number;
  /** Whether who may decide may hand it on. */
  delegation: boolean;
}

/** What there is to a task by which rules are matched. */
export interface RuleSubject {
  templateRef: string;
  /** Refs of formulas that the template belongs to. */
  formulaRefs: string[];
  /** Refs of other formulas whose things it makes, and of their templates. */
  usedRefs: string[];
  services: string[];
  /** Refs of the requester and of their groups. */
  requesterRefs: ReadonlySet<string>;
  organisation: string;
  cost?: number;
}

/** The first rule that applies; undefined when no approval is needed. */
export function firstMatch(
  rules: Rule[],
  subject: RuleSubject,
): Rule | undefined {
  return rules.find(({ match }) => fits(match, subject));
}

function fits(match: RuleMatch, subject: RuleSubject): boolean {
  const { templates, services, requesters, organisations, costAbove } = match;
  const template = [
    subject.templateRef,
    ...subject.formulaRefs,
    ...subject.usedRefs,
  ];
  return (
    (!templates || templates.some(ref => template.includes(ref))) &&
    (!services || services.some(id => subject.services.includes(id))) &&
    (!requesters || requesters.some(ref => subject.requesterRefs.has(ref))) &&
    (!organisations || organisations.includes(subject.organisation)) &&
    (costAbove === undefined ||
      (subject.cost !== undefined && subject.cost > costAbove))
  );
}
