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
  it.each([
    ['type = "bool"', 'yes', /can be either "true" or "false"/],
    ['type = "number"', '1.5', /is not a number/],
    ['type = "list(string)"', 'a', /is not valid list of strings/],
    ['type = "list(string)"', '["a"]', undefined],
    ['type = "string"', 'anything', undefined],
  ])('knows of %s whether it takes %s', async (rule, value, problem) => {
    const { parameters } = await read(`data "coder_parameter" "p" {
      name = "p"
      ${rule}
    }`);
    const found = parameterValueProblem(parameters[0], value);
    if (problem) expect(found).toMatch(problem);
    else expect(found).toBeUndefined();
  });
});
