import type { Action } from '@hookswitch/dsl';
import { ask } from './ask.ts';
import { OVER, type CallSession } from './call-session.ts';
import { finish } from './finish.ts';
import { addLeg } from './ring.ts';
import { runActions } from './run-actions.ts';
import { tellProgress } from './send.ts';

/** An inbound call, from the first ring to the last webhook. */
export async function liveInbound(session: CallSession): Promise<void> {
  const { from, to } = session.start;
  const leg = addLeg(session, 'INBOUND', from, to, session.newId());
  begin(session);
  session.emit({ type: 'ringing', leg: 'first', from, to, byHand: false });
  tellProgress(session, 'CALL_RECEIVED', leg);
  if (session.crowdedOut) session.fail(-2010, 'as many sessions live as the trunk can carry');
  await untilEnd(session, async () => {
    const actions = session.isOver ? OVER : await ask(session, 'CALL_RECEIVED', { leg });
    if (actions === OVER) return;
    leg.connectedAt = session.timeline.now();
    tellProgress(session, 'CALL_CONNECTED', leg);
    session.emit({ type: 'connected' });
    await runActions(session, actions);
  });
}

/** A call that was ordered through the REST API: `actions` begins with the `makeCall` of the first leg. */
export async function liveOutbound(session: CallSession, actions: readonly Action[]): Promise<void> {
  begin(session);
  await untilEnd(session, () => runActions(session, actions));
}

function begin(session: CallSession): void {
  session.lift();
  const patience = session.timeline.after(session.context.behaviour.longestSessionMs, () =>
    session.stop({ by: 'caller', cutBy: 'patience' }),
  );
  session.onStop(() => patience.cancel());
}

async function untilEnd(session: CallSession, talk: () => Promise<void>): Promise<void> {
  try {
    await talk();
  } catch (error) {
    // A caller's script or a listener threw: the platform goes on without this session.
    session.fail(-2001, error instanceof Error ? error.message : String(error));
  }
  await finish(session);
  session.finish();
}
