import { Text } from '@backstage/ui';
import type {
  AccessPermission,
  AccessReport,
} from '@formulary/plugin-access-common';
import { RiArrowRightSLine } from '@remixicon/react';
import { OutcomeText } from './OutcomeText';
import styles from './PermissionRow.module.css';
import { permissionWords, reasonWords, roleWords } from './words';

/** Why something came of a permission that no role speaks of. */
function withoutRole({ isDisabled, isSuperUser }: AccessReport): string {
  if (isDisabled) return 'The account is disabled.';
  return isSuperUser ? 'Super users may do everything.' : 'No role grants it.';
}

/** A permission with what came of it; its reasons unfold. */
export const PermissionRow = (props: {
  permission: AccessPermission;
  report: AccessReport;
}) => {
  const { permission, report } = props;
  const { name, outcome, reasons } = permission;
  return (
    <details className={styles.row}>
      <summary className={styles.head}>
        <RiArrowRightSLine size={16} aria-hidden className={styles.chevron} />
        <OutcomeText outcome={outcome} />
        <Text>{permissionWords(name)}</Text>
        <Text variant="body-small" color="secondary" className={styles.name}>
          {name}
        </Text>
      </summary>
      <ul className={styles.reasons}>
        {reasons.length === 0 && (
          <li>
            <Text>{withoutRole(report)}</Text>
          </li>
        )}
        {reasons.map(reason => {
          const role = report.roles.find(({ ref }) => ref === reason.role);
          return (
            <li key={`${reason.role} ${reason.line}`}>
              <Text as="p">
                {`${role ? roleWords(role) : reason.role}, ${reasonWords(
                  reason,
                )}.`}
              </Text>
              <Text
                variant="body-small"
                color="secondary"
                className={styles.line}
              >
                {reason.line}
              </Text>
            </li>
          );
        })}
      </ul>
    </details>
  );
};
