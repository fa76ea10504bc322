import { launchBench } from './launchBench.mjs';

await launchBench(() => import('./provisioning/run.mjs'));
