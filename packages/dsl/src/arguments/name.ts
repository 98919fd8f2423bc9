import { describeValue } from '../callflow/describe-value.ts';
import { argumentError, maskedName } from './check-argument.ts';

/** Names of flows, sub-flows, steps and sites: what can stand in a URL, a metric label and an XState id. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/;

/** Throws unless `value` can be a name. */
export function checkName(effect: string, argument: string, value: unknown): void {
  if (typeof value === 'string' && NAME.test(value)) return;
  throw argumentError('HS_EFFECT_ARGUMENT', effect, argument, {
    says: 'must be 1 to 64 letters, digits, "-" or "_", not beginning with "-", because it stands in URLs, metrics and the states of the machine',
    came: typeof value === 'string' && value !== '' ? JSON.stringify(maskedName(value)) : describeValue(value),
    fix: 'Write it like find-customer.',
  });
}
