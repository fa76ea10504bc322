import { defineConfig } from '@playwright/test';
import base from './playwright.config';
import { portal } from './src/keycloak/ports';

/** The journeys with a real Keycloak instead of its stand-in; `yarn test:keycloak` starts them. */
export default defineConfig({
  ...base,
  testDir: './src/keycloak',
  testIgnore: [],
  grepInvert: undefined,
  outputDir: './results/keycloak/artifacts',
  globalSetup: './src/keycloak/globalSetup.ts',
  reporter: [
    ['list'],
    ['json', { outputFile: './results/keycloak/report.json' }],
  ],
  use: { ...base.use, baseURL: portal },
  // The contract suite makes people and groups and takes them away again. A sync
  // that read them would rightly stop at their going, as a mass removal: last.
  projects: [
    { name: 'journeys', testIgnore: /contract\.spec\.ts$/ },
    { name: 'contract', testMatch: /contract\.spec\.ts$/ },
  ],
});
