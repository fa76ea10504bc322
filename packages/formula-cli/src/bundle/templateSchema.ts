import { z } from 'zod';

/** An object of which only some keys are looked at. */
function open<T extends z.ZodRawShape>(shape: T) {
  return z.object(shape).catchall(z.json());
}

const form = open({
  required: z.array(z.string()).optional(),
  properties: z.record(z.string(), z.json()).optional(),
});

const step = open({
  id: z.string().optional(),
  name: z.string().optional(),
  action: z.string(),
  input: z.record(z.string(), z.json()).default({}),
});

/** What the checks read of a scaffolder template; its full form is Backstage's to check. */
export const templateSchema = open({
  apiVersion: z.string(),
  kind: z.literal('Template'),
  metadata: open({
    name: z.string(),
    namespace: z.string().optional(),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  spec: open({
    type: z.string(),
    parameters: z
      .union([z.array(form), form.transform(page => [page])])
      .default([]),
    steps: z.array(step),
  }),
});

/** A scaffolder template, as far as the checks read it. */
export type Template = z.infer<typeof templateSchema>;

/** A step of a template. */
export type TemplateStep = Template['spec']['steps'][number];
