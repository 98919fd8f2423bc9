import type { FlowModule } from '@hookswitch/dsl';
import { survey } from './survey.ts';

/** For `startServerProcess`: the survey as a later release words it. */
export function flows(): readonly FlowModule[] {
  return [survey('Now question')];
}
