import type { FormulaEntity } from '@formulary/plugin-formulas-common';
import { titleOf } from '../api/describe';

/** What the marketplace is narrowed down to. */
export interface FormulaFilter {
  /** Words that all must occur somewhere in what the card shows. */
  query: string;
  /** Empty: all categories. */
  category: string;
}

/** The formulas that fit, in the order given. */
export function filterFormulas(
  formulas: FormulaEntity[],
  { query, category }: FormulaFilter,
): FormulaEntity[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return formulas.filter(formula => {
    if (category && formula.spec.category !== category) {
      return false;
    }
    const text = fold(searchableText(formula));
    return words.every(word => text.includes(word));
  });
}

/** The categories of the formulas, each once, in alphabetical order. */
export function categoriesOf(formulas: FormulaEntity[]): string[] {
  return [...new Set(formulas.map(({ spec }) => spec.category))].sort((a, b) =>
    a.localeCompare(b, 'en'),
  );
}

function searchableText(formula: FormulaEntity): string {
  const { metadata, spec } = formula;
  return [
    titleOf(formula),
    metadata.name,
    metadata.description,
    spec.promise,
    spec.category,
    spec.difficulty,
    ...spec.software,
    ...(metadata.tags ?? []),
  ].join('\n');
}

/** Lower case without accents, so that "theatre" finds "théâtre". */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLocaleLowerCase('en-US');
}
