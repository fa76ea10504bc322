import type { Run, Step } from '@formulary/plugin-provisioning-common';
import type { Look } from '../StateText';
import { RUN_STATES } from '../words';

/** How a run is, and which services keep it from being done. */
export function runState(
  { state, steps }: Run,
  titleOf: (service: string) => string,
): { look: Look; words: string } {
  const those = (wanted: Step['state']) =>
    new Intl.ListFormat('en').format(
      steps
        .filter(step => step.state === wanted)
        .map(({ service }) => titleOf(service)),
    );
  const awaited = state === 'running' && those('waiting');
  if (awaited) return { look: 'waiting', words: `Waiting for ${awaited}` };
  const failed = state === 'failed' && those('failed');
  if (failed) return { look: 'bad', words: `Failed in ${failed}` };
  return RUN_STATES[state];
}
