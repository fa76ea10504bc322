import { ParsedServiceError } from '@formulary/service-client-node';
import { z } from 'zod';

// codersdk.Response
const bodySchema = z.object({
  message: z.string(),
  detail: z.string().optional(),
  validations: z
    .array(z.object({ field: z.string(), detail: z.string() }))
    .nullish(),
});

/** Reads Coder's error body. */
export function parseCoderError(
  status: number,
  body: unknown,
): ParsedServiceError {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return {};
  const { message, detail, validations } = parsed.data;
  const fields = validations ?? [];
  const parts = [
    message,
    ...(detail && detail !== message ? [detail] : []),
    ...fields.map(({ field, detail: problem }) => `${field}: ${problem}`),
  ];
  return {
    message: parts.join(' · '),
    fields,
    kind: kindOf(status, message),
  };
}

function kindOf(status: number, message: string): ParsedServiceError['kind'] {
  // A user that is not there is a 400 (coderd/httpmw/userparam.go).
  if (status === 400 && /must be an existing uuid or username/.test(message)) {
    return 'not-found';
  }
  // 406: the template version is still importing (coderd/wsbuilder); it passes.
  if (status === 406) return 'unavailable';
  // 410: the workspace was deleted. 417: the user still has workspaces.
  if (status === 410) return 'not-found';
  return status === 417 ? 'conflict' : undefined;
}
