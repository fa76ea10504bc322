import { expect, Page } from '@playwright/test';

/** What is typed into the form of `fullstack-dev`. */
export interface FormulaInput {
  name: string;
}

/** Opens the marketplace, picks the full-stack formula, fills its form and starts the run. */
export async function startFormula(page: Page, input: FormulaInput) {
  await page.goto('/formulas');
  await page.getByRole('searchbox').fill('full-stack');
  await page
    .getByRole('link', { name: /full-stack/i })
    .first()
    .click();
  await page.getByRole('link', { name: 'Use this formula' }).click();

  await page.getByLabel(/^(project )?name/i).fill(input.name);
  const next = page.getByRole('button', { name: 'Next' });
  const review = page.getByRole('button', { name: 'Review' });
  while (await next.or(review).first().isVisible()) {
    await next.or(review).first().click();
    await page.waitForTimeout(0);
  }
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page).toHaveURL(/\/tasks\//);
}

/** Runs the full-stack formula to its end. */
export async function runFormula(page: Page, input: FormulaInput) {
  await startFormula(page, input);
  await expect(
    page.getByRole('link', { name: /repository/i }).first(),
  ).toBeVisible({ timeout: 90_000 });
}
