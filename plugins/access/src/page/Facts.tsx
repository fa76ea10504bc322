import { Text } from '@backstage/ui';
import type {
  AccessFormula,
  AccessReport,
} from '@formulary/plugin-access-common';
import type { ReactNode } from 'react';
import styles from './Facts.module.css';
import { nameOf, roleWords } from './words';

const Fact = (props: { name: string; children: ReactNode }) => (
  <>
    <dt>
      <Text color="secondary">{props.name}</Text>
    </dt>
    <dd>{props.children}</dd>
  </>
);

function formulaWords({ title, organisation, isShared }: AccessFormula) {
  if (isShared) return `${title} (shared with all)`;
  return organisation ? `${title} (of ${nameOf(organisation)})` : title;
}

const Formulas = (props: { formulas: AccessFormula[]; none: string }) => (
  <Text>{props.formulas.map(formulaWords).join(', ') || props.none}</Text>
);

/** Where somebody belongs, which roles that gives, and what they can pick. */
export const Facts = ({ report }: { report: AccessReport }) => {
  const { groups, roles, formulas } = report;
  const organisations = groups.filter(({ isOrganisation }) => isOrganisation);
  const teams = groups.filter(({ isOrganisation }) => !isOrganisation);
  const ofKind = (kind: AccessFormula['kind']) =>
    formulas.filter(each => each.kind === kind);
  return (
    <dl className={styles.facts}>
      <Fact name="Organisations">
        <Text>
          {organisations.map(({ title }) => title).join(', ') || 'None'}
        </Text>
      </Fact>
      <Fact name="Groups">
        <Text>{teams.map(({ title }) => title).join(', ') || 'None'}</Text>
      </Fact>
      <Fact name="Roles">
        {roles.length === 0 ? (
          <Text>None, so nothing is allowed</Text>
        ) : (
          <ul>
            {roles.map(role => (
              <li key={role.ref}>
                <Text>{roleWords(role)}</Text>
              </li>
            ))}
          </ul>
        )}
      </Fact>
      <Fact name="Formulas">
        <Formulas formulas={ofKind('formula')} none="None" />
      </Fact>
      <Fact name="Templates">
        <Formulas formulas={ofKind('template')} none="None" />
      </Fact>
    </dl>
  );
};
