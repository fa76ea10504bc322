export { attemptAction, type KeptCheckpoints } from './attemptAction';
export { Checkpoints } from './Checkpoints';
export { runAction } from './runAction';
