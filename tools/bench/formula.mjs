import { launchBench } from './launchBench.mjs';

await launchBench(() => import('./formulaRatios.mjs'));
