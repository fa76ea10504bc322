import { readCoderTemplate } from './readCoderTemplate';
import { parameterValueProblem } from './parameterValueProblem';

const read = (terraform: string) =>
  readCoderTemplate(new Map([['main.tf', terraform]]));

describe('readCoderTemplate', () => {
  it('reads parameters and presets, and values as the API gives them', async () => {
    const { parameters, presets } = await read(`
      data "coder_parameter" "cores" {
        name    = "cpu"
        type    = "number"
        default = 2
        dynamic "option" {
          for_each = { "Two" = 2, "Four" = 4 }
          content {
            name  = option.key
            value = option.value
          }
        }
      }
      data "coder_workspace_preset" "small" {
        name       = "Small"
        default    = true
        parameters = { cpu = 2 }
      }
    `);
    expect(parameters).toMatchObject([
      {
        name: 'cpu',
        type: 'number',
        defaultValue: '2',
        options: [
          { name: 'Four', value: '4' },
          { name: 'Two', value: '2' },
        ],
      },
    ]);
    expect(presets).toEqual([
      { name: 'Small', isDefault: true, parameters: { cpu: '2' } },
    ]);
  });

  it('refuses a folder without Terraform at its top', async () => {
    await expect(
      readCoderTemplate(new Map([['module/main.tf', '']])),
    ).rejects.toThrow('no Terraform configuration files');
  });
});

describe('parameterValueProblem', () => {
  const problem = async (rule: string, value: string) => {
    const { parameters } = await read(`data "coder_parameter" "p" {
      name = "p"
      ${rule}
    }`);
    return parameterValueProblem(parameters[0], value);
  };

  it.each([
    ['type = "bool"', 'yes', /can be either "true" or "false"/],
    ['type = "number"', '1.5', /is not a number/],
    ['type = "list(string)"', 'a', /is not valid list of strings/],
  ])('tells that %s does not take %s', async (rule, value, expected) => {
    await expect(problem(rule, value)).resolves.toMatch(expected);
  });

  it.each([
    ['type = "list(string)"', '["a"]'],
    ['type = "string"', 'anything'],
  ])('has nothing against %s with %s', async (rule, value) => {
    await expect(problem(rule, value)).resolves.toBeUndefined();
  });
});
