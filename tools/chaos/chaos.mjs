import { launchBench } from '../bench/launchBench.mjs';

await launchBench(() => import('./run.mjs'));
