import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import {
  CoderTemplateSource,
  readCoderTemplate,
  TemplatePreset,
} from '@formulary/plugin-formulas-node';
import { extract } from 'tar-stream';

/** What the stand-in keeps of a template version. */
export interface ParsedTemplate extends Omit<CoderTemplateSource, 'presets'> {
  readme: string;
  presets: Array<TemplatePreset & { id: string }>;
}

/**
 * Reads an uploaded template.
 *
 * @param tar - the archive
 * @param idOf - id of a preset, from its name
 * @throws Error that says what Terraform would: no configuration, or a file that can't be parsed
 */
export async function parseTemplate(
  tar: Uint8Array,
  idOf: (preset: string) => string,
): Promise<ParsedTemplate> {
  const files = await readTar(tar);
  const template = await readCoderTemplate(files);
  return {
    ...template,
    readme: files.get('README.md') ?? '',
    presets: template.presets.map(preset => ({
      ...preset,
      id: idOf(preset.name),
    })),
  };
}

async function readTar(tar: Uint8Array): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const reader = extract();
  Readable.from([tar]).pipe(reader);
  for await (const entry of reader) {
    const content = await text(entry);
    if (entry.header.type === 'file') {
      files.set(entry.header.name.replace(/^\.\//, ''), content);
    }
  }
  return files;
}
