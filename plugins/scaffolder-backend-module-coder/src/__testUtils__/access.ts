import { NotAllowedError } from '@backstage/errors';
import { TaskAccess } from '@formulary/plugin-provisioning-node';
import { TemplateVisibility } from '../FormulaTemplates';

/** Access of somebody whose account in Coder is `username`; with `manage` for others, too. */
export function accessOf(username: string, manage = false): TaskAccess {
  const requireManage: TaskAccess['requireManage'] = async (_, refusal) => {
    if (!manage) throw new NotAllowedError(refusal);
  };
  return {
    requireManage,
    requireOwn: async (credentials, account) => {
      if (account.username.toLowerCase() === username) return;
      await requireManage(
        credentials,
        `${account.username} is not your account in ${account.title}; yours is ${username}`,
      );
    },
    mayManage: async () => manage,
    getPerson: async () => undefined,
  };
}

/** Shows everybody all templates but some. */
export const hiding = (...hidden: string[]): TemplateVisibility => ({
  hiddenFrom: async (_, names) =>
    new Set(names.filter(name => hidden.includes(name))),
});
