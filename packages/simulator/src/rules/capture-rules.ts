import type { SayAndCaptureAction } from '@hookswitch/dsl';
import type { Behaviour } from '../behaviour.ts';
import { refusal, type Refusal } from './status-codes.ts';

/** How the parameters of a capture depend on one another. */
export function refuseCapture(
  params: SayAndCaptureAction['params'],
  path: string,
  behaviour: Pick<Behaviour, 'equalTimeouts'>,
): Refusal | null {
  const { minDigits, maxDigits, completeOnHash, digitTimeout, overallTimeout } = params;
  if (given(minDigits) && !given(maxDigits)) return refusal(-1003, `${path}.maxDigits`);
  if (given(minDigits) && given(maxDigits) && minDigits > maxDigits)
    return refusal(-1009, `${path}.minDigits`, 'must not be greater than maxDigits');
  if (completeOnHash === false && !given(maxDigits)) return refusal(-1008, `${path}.maxDigits`);
  if (!given(digitTimeout)) return null;
  if (!given(overallTimeout)) return refusal(-1005, `${path}.overallTimeout`);
  const tooLong = digitTimeout > overallTimeout || (digitTimeout === overallTimeout && behaviour.equalTimeouts === 'refused');
  return tooLong ? refusal(-1006, `${path}.overallTimeout`) : null;
}

function given<T>(value: T | null | undefined): value is T {
  return value !== undefined && value !== null;
}
