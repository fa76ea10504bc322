import { CoderAnswer } from './answers';
import { resolveParameters } from './parameters';
import { TemplateParameter } from '@formulary/plugin-formulas-node';

const parameter = (given: Partial<TemplateParameter>): TemplateParameter => ({
  name: 'p',
  displayName: '',
  description: '',
  type: 'string',
  mutable: true,
  ephemeral: false,
  order: 0,
  icon: '',
  options: [],
  ...given,
});
const option = (value: string) => ({
  name: value,
  value,
  description: '',
  icon: '',
});

function detail(given: Partial<TemplateParameter>, value: string) {
  try {
    resolveParameters([parameter(given)], {
      given: [{ name: 'p', value }],
    });
    return undefined;
  } catch (error) {
    return (error as CoderAnswer).validations?.[0].detail;
  }
}

describe('resolveParameters', () => {
  it('prefers the preset, then what is given, then the previous value, then the default', () => {
    const names = ['preset', 'given', 'previous', 'default'];
    const resolved = resolveParameters(
      names.map(name => parameter({ name, defaultValue: 'd' })),
      {
        previous: { preset: 'c', given: 'c', previous: 'c' },
        given: [
          { name: 'preset', value: 'b' },
          { name: 'given', value: 'b' },
          { name: 'unknown', value: 'b' },
        ],
        preset: { preset: 'a' },
      },
    );
    expect(resolved).toEqual({
      preset: 'a',
      given: 'b',
      previous: 'c',
      default: 'd',
    });
  });

  it.each<[Partial<TemplateParameter>, string, RegExp]>([
    [{ type: 'number' }, 'two', /value "two" is not a number/],
    [
      { type: 'number', validation: { min: 1 } },
      '0',
      /less than the minimum 1/,
    ],
    [
      { type: 'number', validation: { max: 8 } },
      '9',
      /more than the maximum 8/,
    ],
    [{ type: 'bool' }, 'yes', /boolean value can be either/],
    [{ options: [option('a')] }, 'b', /must be defined as one of options/],
    [{ type: 'list(string)' }, 'a,b', /not valid list of strings/],
    [
      { validation: { regex: '^a$', error: 'only a' } },
      'b',
      /only a \(value "b" does not match "\^a\$"\)/,
    ],
  ])('refuses for %j the value %s', (given, value, expected) => {
    expect(detail(given, value)).toMatch(expected);
  });

  it('refuses another value of what can not be changed, and keeps the same', () => {
    const fixed = [parameter({ mutable: false })];
    const build = (value: string) =>
      resolveParameters(fixed, {
        previous: { p: 'a' },
        given: [{ name: 'p', value }],
      });
    expect(build('a')).toEqual({ p: 'a' });
    expect(() => build('b')).toThrow('Unable to validate parameters');
  });
});
