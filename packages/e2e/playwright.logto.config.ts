import { defineConfig } from '@playwright/test';
import base from './playwright.config';
import { portal } from './src/logto/ports';

/** The journeys with Logto's claims, events and API instead of Keycloak's: `yarn test:logto`. */
export default defineConfig({
  ...base,
  testDir: './src/logto',
  testIgnore: [],
  grepInvert: undefined,
  outputDir: './results/logto/artifacts',
  globalSetup: './src/logto/globalSetup.ts',
  reporter: [['list'], ['json', { outputFile: './results/logto/report.json' }]],
  use: { ...base.use, baseURL: portal },
});
