import { expect, Locator, Page } from '@playwright/test';

/** Titles of the links to what a run made. */
export const RESOURCES = ['Repository', 'Workspace', 'Channel', 'CRM record'];

/** The link to a part of what a run made, on the run's page or the component's. */
export function resourceLink(page: Page, title: string): Locator {
  return page.getByRole('link', { name: new RegExp(`^${title}\\b`) }).first();
}

/** Opens the marketplace, picks the full-stack formula, fills its form and starts the run. */
export async function startFormula(page: Page, name: string): Promise<void> {
  await page.goto('/formulas');
  await page.getByRole('searchbox').fill('typescript');
  await page.getByRole('heading', { name: 'Full-stack development' }).click();
  await page.getByRole('link', { name: 'Use this formula' }).click();

  await page.getByLabel('Name').fill(name);
  await page.getByLabel('What is it for?').fill('Goes round and round');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByLabel('Node.js')).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page).toHaveURL(/\/tasks\//);
}

/** Waits until a run has ended well: its links are there. */
export async function expectFinished(page: Page): Promise<void> {
  for (const name of RESOURCES) {
    await expect(resourceLink(page, name)).toBeVisible({ timeout: 90_000 });
  }
}
