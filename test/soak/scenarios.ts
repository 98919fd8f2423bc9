import { deploy, rolling, versions } from './deploy.ts';
import { duplicates, four, two } from './duplicates.ts';
import { fuzz } from './fuzz.ts';
import { insights } from './insights.ts';
import { cutOff, cutOffOfTwo, kill, killOfTwo } from './kill.ts';
import { full, store } from './store-trouble.ts';
import { memory } from './memory.ts';
import { privacy } from './privacy.ts';
import type { Scenario } from './scenario.ts';
import { steps } from './steps.ts';
import { upgrade } from './upgrade.ts';
import { walks } from './walks.ts';

/** All scenarios, by the name that `--only` takes. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  kill,
  'kill-of-two': killOfTwo,
  'cut-off': cutOff,
  'cut-off-of-two': cutOffOfTwo,
  insights,
  duplicates,
  two,
  four,
  store,
  full,
  steps,
  deploy,
  versions,
  rolling,
  upgrade,
  fuzz,
  walks,
  privacy,
  memory,
};
