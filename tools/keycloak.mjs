import { launch } from './launch/launch.mjs';

launch(() => import('./launch/commands/keycloak.mjs'));
