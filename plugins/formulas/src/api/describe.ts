import type {
  FormulaDifficulty,
  FormulaEntity,
  FormulaHardware,
} from '@formulary/plugin-formulas-common';

const difficulties: Record<FormulaDifficulty, string> = {
  beginner: 'Beginner',
  intermediate: 'Intermediate',
  advanced: 'Advanced',
};

/** A difficulty as a person reads it. */
export function describeDifficulty(difficulty: FormulaDifficulty): string {
  return difficulties[difficulty];
}

/** A category such as `full-stack` as a person reads it: "Full stack". */
export function describeCategory(category: string): string {
  const words = category.split('-').join(' ');
  return words[0].toLocaleUpperCase('en-US') + words.slice(1);
}

/** Hardware in parts, such as `['2 cores', '4 GB memory', '10 GB disk']`. */
export function describeHardware(hardware: FormulaHardware): string[] {
  return [
    hardware.cpu === 1 ? '1 core' : `${hardware.cpu} cores`,
    `${hardware.memoryGb} GB memory`,
    `${hardware.diskGb} GB disk`,
    ...(hardware.gpu ? [hardware.gpu] : []),
  ];
}

/** Title of a formula. */
export function titleOf(formula: FormulaEntity): string {
  return formula.metadata.title ?? formula.metadata.name;
}
