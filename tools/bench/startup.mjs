import { launchBench } from './launchBench.mjs';

await launchBench(() => import('./startupRatios.mjs'));
