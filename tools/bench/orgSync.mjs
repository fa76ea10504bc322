import { launchBench } from './launchBench.mjs';

await launchBench(() => import('./orgSyncRatios.mjs'));
