import { defineConfig } from '@playwright/test';
import { portal, runningPortal } from './src/ports';

export default defineConfig({
  testDir: './src',
  outputDir: './results/artifacts',
  globalSetup: './src/globalSetup.ts',
  // The journeys share one portal and tell one story after the other.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  // What breaks the stand-ins, or knows their pages, needs the sandbox.
  grepInvert: runningPortal ? /@sandbox/ : undefined,
  testIgnore: [
    // Journeys of their own, with other identity providers.
    '**/e2e/src/keycloak/**',
    '**/e2e/src/logto/**',
    ...(runningPortal ? [/(outage|secrets)\.spec\.ts$/] : []),
  ],
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: './results/report.json' }]],
  use: {
    baseURL: portal,
    viewport: { width: 1360, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      // No test tool can count on downloading a browser of its own.
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
