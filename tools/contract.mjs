import { launch } from './launch/launch.mjs';

launch(() => import('./launch/commands/contract.mjs'));
