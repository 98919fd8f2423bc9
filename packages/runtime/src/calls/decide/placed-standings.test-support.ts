import type { FlowModule } from '@hookswitch/dsl';
import { PlatformOutcomeUnknownError } from '../../errors/platform-outcome-unknown-error.ts';
import type { CreateCallflow } from '../../platform/index.ts';
import { deferred, World } from '../calls.test-support.ts';
import { lookUp, reminder, silent, silentTidy } from './flows.test-support.ts';
import { callOf, changed, earlyOf, FOUND, sharedStore, type Standing } from './standings.test-support.ts';

/** Placed calls, from the request to the answer of their post. */
export async function placedStandings(): Promise<Readonly<Record<string, Standing>>> {
  const open = (flow: FlowModule = reminder): Promise<World> => World.open([flow], { store: sharedStore() });
  const place = (world: World, create: CreateCallflow): Promise<unknown> => {
    const compiled = world.context.flows.find('reminder', '1');
    if (compiled === null) throw new TypeError('no such flow');
    return world.place({ subAccountId: 'acme', compiled, from: '+6560000000', to: '+6590000001', clientRequestId: 'request' }, create);
  };
  const found = lookUp();
  const world = await open();
  const answer = deferred<never>();
  const placed = place(world, () => answer.promise);
  await world.clock.advance(0);
  const preparing = { found: { ...FOUND, call: await callOf(world) } };
  found.resolve('Ann');
  await world.clock.advance(0);
  const posted = { found: { ...FOUND, call: await callOf(world) } };
  const nothing = { httpStatus: null, sessionId: null, clientRequestId: null };
  answer.reject(new PlatformOutcomeUnknownError({ operation: 'createCallflow', happened: 'no answer came', ...nothing }));
  await placed;
  const unanswered = { found: { ...FOUND, call: await callOf(world) } };
  const other = await open();
  await place(other, () => Promise.reject(new Error('no such number')));
  const refused = { found: { ...FOUND, call: await callOf(other) } };
  const tidying = await open(silentTidy);
  void place(tidying, () => answer.promise);
  await tidying.clock.advance(0);
  const quiet = await open(silent);
  void place(quiet, () => answer.promise);
  await quiet.clock.advance(0);
  return {
    'it is placed, and has nothing to say after its step': { found: { ...FOUND, call: await callOf(quiet) }, env: { runsHere: true } },
    'it is placed, has nothing to say after its step, and tidies up': {
      found: { ...FOUND, call: await callOf(tidying) },
      env: { runsHere: true },
    },
    'it is placed, and its first step runs here': { ...preparing, env: { runsHere: true } },
    'it is placed, and its first step was left': { ...preparing, env: { now: (preparing.found.call.state.lease?.until ?? 0) + 1 } },
    'its post is under way': posted,
    'its post is under way, and its end came before': {
      found: { ...posted.found, inbox: earlyOf(world, posted.found.call) },
    },
    'its post is under way, and its end was asked for': changed(posted, { endRequested: true }),
    'its post has got no answer': unanswered,
    'its post is under way, and it is told to hang up': changed(posted, { outstanding: 'end' }),
    'its first steps were done by a server of the release before': changed(
      preparing,
      { lease: null },
      { position: posted.found.call.position },
    ),
    'its first steps are done, and nobody knows what was asked for': changed(
      preparing,
      { lease: null },
      { position: posted.found.call.position, placing: null },
    ),
    'its first step is gone from the code': changed(preparing, {}, { position: posted.found.call.position }),
    'its first step was given up': changed(preparing, { lease: null }),
    'its post was refused, and there is a session': changed(
      refused,
      {},
      { record: { ...refused.found.call.record, sessionId: 'session-1' } },
    ),
    'its post was refused': refused,
  };
}
