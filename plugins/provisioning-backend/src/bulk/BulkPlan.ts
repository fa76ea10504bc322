import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  BulkPreview,
  BulkPreviewLine,
} from '@formulary/plugin-provisioning-common';
import { z } from 'zod';
import { DefaultRules } from '../defaults/DefaultRules';
import { ConnectorRegistry } from '../engine/ConnectorRegistry';
import { KnownPerson, PersonLookup } from '../identity/PersonLookup';
import { BulkFileLine } from './readBulkFile';

type Decision = Pick<BulkPreviewLine, 'verdict' | 'message'>;

const emailSchema = z.email();

/** Says of every line of a file what is to be done. Changes nothing. */
export class BulkPlan {
  constructor(
    private readonly lookup: PersonLookup,
    private readonly connectors: ConnectorRegistry,
    private readonly defaults: DefaultRules,
  ) {}

  async of(lines: BulkFileLine[]): Promise<BulkPreview> {
    const byEmail = await this.lookup.refsByEmail(
      lines.filter(isByEmail).map(({ email }) => email),
    );
    const named = lines.map(line => ({ line, ...whom(line, byEmail) }));
    const known = await this.lookup.find(
      named.flatMap(({ userRef }) => userRef ?? []),
    );
    const firstLines = new Map<string, number>();
    const counts = { onboard: 0, unchanged: 0, suspended: 0, refused: 0 };
    const preview = named.map(({ line, userRef, problem }): BulkPreviewLine => {
      const services = line.services.length > 0 ? line.services : undefined;
      const key = userRef ?? given(line).toLocaleLowerCase('en-US');
      const first = firstLines.get(key);
      if (key && first === undefined) firstLines.set(key, line.line);
      const decision = this.decide({
        problem: line.problem ?? problem ?? this.unknownService(line),
        first,
        userRef,
        person: known.get(userRef ?? ''),
        services,
      });
      counts[decision.verdict] += 1;
      return {
        line: line.line,
        given: given(line),
        userRef,
        services,
        ...decision,
      };
    });
    return { lines: preview, counts };
  }

  private decide(found: {
    problem: string | undefined;
    first: number | undefined;
    userRef: string | undefined;
    person: KnownPerson | undefined;
    services: string[] | undefined;
  }): Decision {
    const { problem, first, userRef, person } = found;
    if (first !== undefined) {
      return refused(`The same person as on line ${first}`);
    }
    if (problem) return refused(problem);
    if (!person) {
      return refused(
        `Nobody called ${userRef} is known. Check the spelling; a new sign-up takes up to a few minutes to arrive`,
      );
    }
    const { state, reason } = person.lifecycle ?? { state: 'active' };
    if (state === 'suspended') {
      return {
        verdict: 'suspended',
        message: `The person is suspended (${reason}). Restore them under People first`,
      };
    }
    if (state === 'removed') {
      return refused(
        `The person's accounts were removed (${reason}). Prepare new ones for them alone`,
      );
    }
    // What the defaults give somebody who was never met is not known here.
    if (!person.person) return { verdict: 'onboard' };
    const defaults = this.defaults.for(person.person);
    const wanted = found.services ?? [...defaults.services.keys()];
    // Whether somebody has what is given besides accounts, only the services know.
    if (wanted.some(service => defaults.entitlements.has(service))) {
      return { verdict: 'onboard' };
    }
    if (wanted.every(service => person.activeIn.includes(service))) {
      return { verdict: 'unchanged', message: 'Has these accounts already' };
    }
    return { verdict: 'onboard' };
  }

  private unknownService({ services }: BulkFileLine): string | undefined {
    const known = this.connectors.all().map(({ service }) => service);
    const unknown = services.find(service => !known.includes(service));
    return (
      unknown &&
      `"${unknown}" is not set up in this portal. Services that are: ${
        known.join(', ') || 'none'
      }`
    );
  }
}

function refused(message: string): Decision {
  return { verdict: 'refused', message };
}

function given({ user, email }: BulkFileLine): string {
  return user || email;
}

function isByEmail({ user, email }: BulkFileLine): boolean {
  return !user && emailSchema.safeParse(email).success;
}

/** Whom a line means, or why that cannot be said. */
function whom(
  line: BulkFileLine,
  byEmail: Map<string, Set<string>>,
): { userRef?: string; problem?: string } {
  const { user, email } = line;
  if (user) return refOf(user);
  if (!email) {
    return { problem: 'The line names nobody: user and email are empty' };
  }
  if (!isByEmail(line)) {
    return { problem: `"${email}" is not an e-mail address` };
  }
  const [userRef, ...others] = byEmail.get(email) ?? [];
  if (!userRef) {
    return { problem: `Nobody with the address ${email} is known` };
  }
  if (others.length > 0) {
    return {
      problem: `Several people have the address ${email}. Name the one who is meant in the column "user"`,
    };
  }
  return { userRef };
}

function refOf(user: string): { userRef?: string; problem?: string } {
  try {
    const ref = parseEntityRef(user, {
      defaultKind: 'user',
      defaultNamespace: 'default',
    });
    if (ref.kind.toLocaleLowerCase('en-US') !== 'user') {
      return { problem: `"${user}" is not a person` };
    }
    return { userRef: stringifyEntityRef(ref) };
  } catch (error) {
    // What parseEntityRef throws is all about the words that it was given.
    if (!(error instanceof TypeError)) throw error;
    return { problem: `"${user}" is neither a username nor a ref of a user` };
  }
}
