import { createRoutes } from '../../routing/flow-router.ts';
import { DEFAULT_SETTINGS } from '../../assembly/options.ts';
import { bank, broken, brokenEnd, desk, early, mute, otherDesk, payer, SECRET, tidy } from './flows.test-support.ts';
import { changed, FOUND, type Standing, standingOf } from './standings.test-support.ts';

const BY_ACTION = { ...DEFAULT_SETTINGS, delivery: 'action' as const };
const TRANSFER = { ...DEFAULT_SETTINGS, fallback: { text: 'Sorry.', transferTo: '+6531589338' } };

/** Calls in which a secret was keyed in. */
export async function hiddenStandings(): Promise<Readonly<Record<string, Standing>>> {
  const customer = await standingOf(bank, SECRET);
  const withKey = { canSeal: true };
  return {
    'a secret was keyed in, and a secret is looked up': { ...customer, env: { ...withKey, runsHere: true } },
    'a secret was keyed in, and its caller waits no longer': { ...customer, env: { ...withKey, runsHere: true, settings: BY_ACTION } },
    'a secret was keyed in, and its first words are said': {
      ...changed(customer, { cursor: 1 }),
      env: { ...withKey, runsHere: true, settings: BY_ACTION },
    },
    'it asks for a secret, word by word': { ...(await standingOf(bank)), env: { ...withKey, settings: BY_ACTION } },
    'it asks for a secret, and there is no key for its step': await standingOf(bank),
  };
}

/** Calls of flows with something of their own. */
export async function otherFlows(): Promise<Readonly<Record<string, Standing>>> {
  const first = await standingOf(early);
  const waiting = await standingOf(tidy);
  const paying = await standingOf(payer, '1');
  return {
    'nobody knows it, and its flow says nothing': { found: FOUND, env: { flows: createRoutes([mute]) } },
    'nobody knows it, and its flow fails': { found: FOUND, env: { flows: createRoutes([broken]), settings: TRANSFER } },
    'the first of its two steps runs here': { ...first, env: { runsHere: true } },
    'it tidies up when it is over': waiting,
    'it asks, and will wait for a signal': await standingOf(payer),
    'it waits for a signal': paying,
    'it waits for a signal, and the time is over': changed(paying, { waiting: { since: 1, played: 3 } }),
    'its flow has failed': await standingOf(broken),
    'it fails at its end': await standingOf(brokenEnd),
    'its journal does not fit the code': await standingOf(desk, '1', otherDesk),
  };
}
