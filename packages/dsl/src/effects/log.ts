import { argumentError } from '../arguments/check-argument.ts';
import { jsonLoss } from '../arguments/json-loss.ts';
import { describeValue } from '../callflow/describe-value.ts';
import type { Effect } from '../flow/effect.ts';
import { makeEffect } from '../flow/make-effect.ts';

/** Writes to the call's log and timeline; see `log`. */
export interface Log extends Effect<'log', void> {
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Writes a line to the server's log and the call's timeline, once, not on replay. Don't put digits or numbers into it.
 *
 * @throws EffectArgumentError at once, when the message is no text or the fields are no JSON object.
 */
export function log(message: string, fields: Readonly<Record<string, unknown>> = {}): Log {
  if (typeof message !== 'string' || message === '') {
    const says = { says: 'must be a text', came: describeValue(message), fix: 'Say what happened; put details into the fields.' };
    throw argumentError('HS_EFFECT_ARGUMENT', 'log', 'message', says);
  }
  const loss =
    typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? jsonLoss(fields) : { path: '$', came: describeValue(fields) };
  if (loss !== null) {
    const says = {
      says: `must be a JSON object, down to ${loss.path}`,
      came: loss.came,
      fix: 'Use plain data: texts, numbers, lists and objects.',
    };
    throw argumentError('HS_EFFECT_ARGUMENT', 'log', 'fields', says);
  }
  return makeEffect<Log>({ kind: 'log', message, fields: Object.freeze({ ...fields }) });
}
