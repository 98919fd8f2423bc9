import type { CallflowResponse } from '@hookswitch/dsl';
import type { SessionSettings } from '@hookswitch/runtime';
import { DEFAULT_SETTINGS } from '@hookswitch/runtime/inside';
import type { Holds } from '@hookswitch/simulator';

/** How long holds of a simulated server listen, ms: a time that no capture of a flow has, so that callers can tell. */
export const HOLD_FOR = 3_007;

/** Which answers of a simulated server only buy time, and which of their texts say nothing. */
export function holdsOf({ holdText = DEFAULT_SETTINGS.holdText }: Partial<Pick<SessionSettings, 'holdText'>> = {}): Holds {
  const fillers = new Set(typeof holdText === 'string' ? [holdText] : Object.values(holdText));
  return {
    isHold: ({ callflow }: CallflowResponse) => {
      const last = callflow.at(-1);
      return last?.action === 'sayAndCapture' && last.params.overallTimeout === HOLD_FOR;
    },
    isFiller: (text) => fillers.has(text),
  };
}
