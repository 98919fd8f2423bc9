/**
 * The end of every input that has moved a call which is to be placed: its first callflow is stored, and the post ordered. A post is ordered once in the life of a call,
 * whatever becomes of the process; what is stored of it never dials.
 */
import { type Action, checkCallflow, declines } from '@hookswitch/dsl';
import { messageOf } from '../../errors/message-of.ts';
import type { Draft } from '../draft.ts';
import { withoutSecrets } from '../hidden/without-secrets.ts';
import type { Placing } from '../input.ts';
import { toPlacedEvent } from '../placing.ts';
import { listening, saidAgain, textIn } from '../reply/actions.ts';
import { encode, encodeActionId, lastVoice, nextPart, nextPiece, shortestSilence } from '../reply/answers.ts';
import { forgetKept } from './waits.ts';

const NOTHING_MORE: Placing = { validUntil: null, callRecording: null };
const NOT_PLACED = 'the flow had nothing to say before the end of the call, so nobody was called';

/**
 * The first callflow is stored, and posted; a flow that has failed, or has nothing to say, is not. True where the flow has declined: it is to be told that the call is
 * over, so that it tidies up, and so is `onEnd`.
 */
export function postOrRefuse(draft: Draft): boolean {
  const { position, record, state } = draft.call;
  const { settings, now } = draft.env;
  const part = firstPart(draft);
  const placing = draft.call.placing ?? NOTHING_MORE;
  const legs = { source: record.from ?? '', destination: record.to };
  const { callRecording } = placing;
  const makeCall: Action = { action: 'makeCall', params: callRecording === null ? legs : { ...legs, callRecording } };
  const actions = [makeCall, ...part.actions];
  if (position.wait === 'failed') {
    draft.note({ kind: 'flow-failed', error: position.error });
    refuse(draft, 'flow-error', messageOf(position.error));
    return false;
  }
  const broken = checkCallflow({ callflow: actions }, { via: 'api' }).find(({ severity }) => severity === 'error');
  if (broken !== undefined) refuse(draft, broken.code, broken.message);
  else if (declines({ direction: 'outbound' }, position)) {
    cancel(draft);
    return true;
  } else if (state.endRequested) refuse(draft, 'end-requested', 'its end was requested before it was placed');
  else {
    // The post is never made again, so what is stored is only what may be said again.
    const pause = listening(textIn(settings.holdText, position.language), settings.voice, settings.holdFor);
    const body = encode(saidAgain(part.actions, pause), encodeActionId(position.site, 0));
    draft
      .state({
        outstanding: !part.last ? 'speech' : position.wait === 'platform' ? 'answer' : 'end',
        cursor: position.wait === 'signal' ? position.actions.length : part.actions.length,
        sentVoice: lastVoice(actions),
        sentAt: now,
        shortestSilence: shortestSilence(part.actions),
      })
      .record({ turn: 0 })
      .turn({ turn: 0, eventId: null, event: toPlacedEvent(placing), sentAt: null, body, hidden: false, at: now })
      .order({ kind: 'post', call: draft.call.record, actions, placing });
  }
  return false;
}

/** What is posted with the call. Where the flow waits for a signal, the first piece of its hold is. */
function firstPart(draft: Draft): ReturnType<typeof nextPart> {
  const { position } = draft.call;
  const { settings } = draft.env;
  if (settings.delivery === 'action') return { actions: [], last: false };
  if (position.wait !== 'signal') return nextPart(position, 0, settings.delivery);
  return { actions: [...position.actions, ...nextPiece(draft, 0)], last: false };
}

function cancel(draft: Draft): void {
  const { now } = draft.env;
  const { position, secrets } = draft.call;
  const reason = position.declined === null ? null : String(withoutSecrets(position.declined, secrets));
  const message = reason ?? NOT_PLACED;
  const end = { status: 'CANCELED', at: now, errorCode: null, errorMessage: message, bridge: null, raw: null };
  draft
    .state({
      error: { code: reason === null ? 'not-placed' : 'declined', message },
      summary: { ...end, applied: false, told: false },
      outstanding: 'end',
    })
    .record({ status: 'cancelled', endedAt: now })
    .row({ kind: 'outbound', result: reason === null ? 'not placed' : `declined, ${reason}`, code: null });
}

/** A call that is not placed, and why; its flow is not told. */
export function refuse(draft: Draft, code: string, message: string, statusCode: number | null = null): void {
  forgetKept(draft);
  draft
    .state({ error: { code, message } })
    .record({ status: 'failed', endedAt: draft.env.now })
    .row({ kind: 'outbound', result: `failed: ${code}`, code: statusCode });
}
