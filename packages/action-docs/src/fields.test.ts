import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { fieldsOf } from './fields';

describe('fieldsOf', () => {
  it('makes a row of each field, and of fields inside of it', () => {
    const { schema } = createTemplateAction({
      id: 'a',
      schema: {
        input: {
          name: z => z.string().max(9).describe('Its name'),
          size: z => z.enum(['s', 'l']).optional(),
          count: z => z.number().int().min(1).max(5).optional(),
          flags: z => z.record(z.union([z.string(), z.boolean()])),
          people: z =>
            z.array(z.object({ id: z.string().describe('Who') })).max(3),
        },
      },
      async handler() {},
    });
    expect(fieldsOf(schema?.input).map(field => Object.values(field))).toEqual([
      ['name', 'string, at most 9 characters', true, 'Its name'],
      ['size', '`s`, `l`', false, ''],
      ['count', 'integer, at least 1, at most 5', false, ''],
      ['flags', 'map of string or boolean', true, ''],
      ['people', 'list of object, at most 3', true, ''],
      ['people[].id', 'string', true, 'Who'],
    ]);
  });

  it('has nothing to tell of an action without a schema', () => {
    expect(fieldsOf(undefined)).toEqual([]);
  });
});
