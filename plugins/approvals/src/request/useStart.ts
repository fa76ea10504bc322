import { parseEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import type { ApprovalDetails } from '@formulary/plugin-approvals-common';
import { useCallback } from 'react';
import { useNavigate } from 'react-router-dom';
import { taskRouteRef, templateFormRouteRef } from '../routes';

/**
 * Starts what was approved as a task of the user, with the parameters that were
 * approved, and shows it. Where secrets have to be filled in again, it opens
 * the form with all the rest.
 */
export function useStart(): (request: ApprovalDetails) => Promise<void> {
  const scaffolder = useApi(scaffolderApiRef);
  const taskPath = useRouteRef(taskRouteRef);
  const formPath = useRouteRef(templateFormRouteRef);
  const navigate = useNavigate();
  return useCallback(
    async ({ templateRef, parameters, omitted }) => {
      if (omitted.length > 0) {
        const { namespace, name } = parseEntityRef(templateRef);
        const form = formPath?.({ namespace, templateName: name });
        if (!form) throw new Error('This portal has no forms of templates');
        // The scaffolder fills its form from this (plugin-scaffolder, useFormDataFromQuery).
        const filled = new URLSearchParams({
          formData: JSON.stringify(parameters),
        });
        navigate(`${form}?${filled}`);
        return;
      }
      const { taskId } = await scaffolder.scaffold({
        templateRef,
        // A copy has no undefined values, as JSON has none.
        values: JSON.parse(JSON.stringify(parameters)),
      });
      const task = taskPath?.({ taskId });
      if (task) navigate(task);
    },
    [scaffolder, taskPath, formPath, navigate],
  );
}
