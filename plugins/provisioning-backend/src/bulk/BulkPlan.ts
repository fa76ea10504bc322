import {
  BulkOperation,
  BulkPreview,
  BulkPreviewLine,
} from '@formulary/plugin-provisioning-common';
import { DefaultRules } from '../defaults/DefaultRules';
import { ConnectorRegistry } from '../engine/ConnectorRegistry';
import { KnownPerson, PersonLookup } from '../identity/PersonLookup';
import {
  decideOffboarding,
  decideOnboard,
  decideUpdate,
  Decision,
  isOffboarding,
  refused,
} from './decide';
import { BulkFileLine } from './readBulkFile';
import { isByEmail, whom } from './whom';

const PARTICIPLES = {
  suspend: 'suspended',
  restore: 'restored',
  remove: 'removed',
};

/** What is to be done, and for whom it is asked. */
export interface BulkWish {
  operation: BulkOperation;
  /** Ref of the user who asks, in lower case; absent for a service. */
  callerRef?: string;
}

/** Says of every line of a file what is to be done. Changes nothing. */
export class BulkPlan {
  constructor(
    private readonly lookup: PersonLookup,
    private readonly connectors: ConnectorRegistry,
    private readonly defaults: DefaultRules,
  ) {}

  async of(lines: BulkFileLine[], wish: BulkWish): Promise<BulkPreview> {
    const { operation } = wish;
    const byEmail = await this.lookup.refsByEmail(
      lines.filter(isByEmail).map(({ email }) => email),
    );
    const named = lines.map(line => ({ line, ...whom(line, byEmail) }));
    const known = await this.lookup.find(
      named.flatMap(({ userRef }) => userRef ?? []),
    );
    const firstLines = new Map<string, number>();
    const counts: BulkPreview['counts'] = {
      unchanged: 0,
      suspended: 0,
      refused: 0,
      [operation]: 0,
    };
    const preview = named.map(({ line, userRef, problem }): BulkPreviewLine => {
      const services = line.services.length > 0 ? line.services : undefined;
      const key = userRef ?? given(line).toLocaleLowerCase('en-US');
      const first = firstLines.get(key);
      if (key && first === undefined) firstLines.set(key, line.line);
      const person = known.get(userRef ?? '');
      const decision = this.decide(wish, {
        problem:
          line.problem ?? problem ?? this.problemOfServices(line, operation),
        first,
        userRef,
        person,
        services,
      });
      counts[decision.verdict] = (counts[decision.verdict] ?? 0) + 1;
      return {
        line: line.line,
        given: given(line),
        userRef,
        services,
        accounts: operation === 'onboard' ? undefined : person?.accountsIn,
        ...decision,
      };
    });
    return { lines: preview, counts };
  }

  private decide(
    { operation, callerRef }: BulkWish,
    found: {
      problem: string | undefined;
      first: number | undefined;
      userRef: string | undefined;
      person: KnownPerson | undefined;
      services: string[] | undefined;
    },
  ): Decision {
    const { problem, first, userRef, person, services } = found;
    if (first !== undefined) {
      return refused(`The same person as on line ${first}`);
    }
    if (problem) return refused(problem);
    if (!person) {
      return refused(
        `Nobody called ${userRef} is known. Check the spelling; a new sign-up takes up to a few minutes to arrive`,
      );
    }
    if (operation === 'onboard') {
      return decideOnboard(person, services, this.defaults);
    }
    if (!isOffboarding(operation)) return decideUpdate(person);
    if (userRef === callerRef) {
      return refused(
        `You cannot ${operation} your own accounts. Ask another administrator`,
      );
    }
    return decideOffboarding(person, operation);
  }

  private problemOfServices(
    { services }: BulkFileLine,
    operation: BulkOperation,
  ): string | undefined {
    if (services.length > 0 && isOffboarding(operation)) {
      return `The line names services, but people are ${PARTICIPLES[operation]} in all of them. Leave the column "services" out`;
    }
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

function given({ user, email }: BulkFileLine): string {
  return user || email;
}
