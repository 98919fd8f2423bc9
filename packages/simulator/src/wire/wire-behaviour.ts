import { optionSet, withDefaults } from '@hookswitch/dsl/options';

/** How webhooks are written where 8x8's documents and samples differ. */
export interface WireBehaviour {
  /** U6: numbers with `+`, without, or as whoever dialled wrote them. @default 'plus' */
  readonly numbers: 'plus' | 'bare' | 'as-written';
  /** U3: where a capture's digits are: `eventData.dtmf`, `eventData` itself, or `dtmf` beside it. @default 'object' */
  readonly eventData: 'object' | 'string' | 'beside';
  /** `callStatus` of a VCA that brings digits; older pages show `DTMF_RECEIVED`. @default 'ACTION_COMPLETED' */
  readonly capturedStatus: 'ACTION_COMPLETED' | 'DTMF_RECEIVED';
  /** Whether a VCA says what the answer before it carried; older pages show VCAs without. @default 'echoed' */
  readonly clientActionId: 'echoed' | 'absent';
  /** Whether `eventData` has `asrCaptured` beside `dtmf`, as one page shows it. @default false */
  readonly asrCaptured: boolean;
  /** Whether `errorDetails` names the action and the request beside code and message. @default 'short' */
  readonly errorDetails: 'short' | 'full';
  /** `eventType` of a VCA; an older guide shows its content as `CALL_STATUS`. @default 'CALL_ACTION' */
  readonly vcaEventType: 'CALL_ACTION' | 'CALL_STATUS';
  /** `callDuration` as a number, or as the table's "String". @default 'number' */
  readonly callDuration: 'number' | 'string';
  /** The legs of a summary: `callA`, or one sample's `CallA`. @default 'callA' */
  readonly legNames: 'callA' | 'CallA';
  /** Which legs a summary of a session with several bridges has: first and last, or all (`callC` and so on). @default 'last' */
  readonly summaryLegs: 'last' | 'all';
  /** What is written for a field that has no value. @default 'absent' */
  readonly missing: 'absent' | 'null';
  /** Which comes first in the envelope. @default 'namespace-first' */
  readonly keyOrder: 'namespace-first' | 'payload-first';
  /** U9: the case of the payload's keys: the documents', all lower, or first letter upper. @default 'documented' */
  readonly keyCase: 'documented' | 'lower' | 'pascal';
  /** U9: adds fields that no document knows. @default false */
  readonly unknownFields: boolean;
}

/** What `WireBehaviour` holds; the defaults are the samples' way. */
export const WIRE = optionSet({
  numbers: { enum: ['plus', 'bare', 'as-written'], default: 'plus' },
  eventData: { enum: ['object', 'string', 'beside'], default: 'object' },
  capturedStatus: { enum: ['ACTION_COMPLETED', 'DTMF_RECEIVED'], default: 'ACTION_COMPLETED' },
  clientActionId: { enum: ['echoed', 'absent'], default: 'echoed' },
  asrCaptured: { type: 'boolean', default: false },
  errorDetails: { enum: ['short', 'full'], default: 'short' },
  vcaEventType: { enum: ['CALL_ACTION', 'CALL_STATUS'], default: 'CALL_ACTION' },
  callDuration: { enum: ['number', 'string'], default: 'number' },
  legNames: { enum: ['callA', 'CallA'], default: 'callA' },
  summaryLegs: { enum: ['last', 'all'], default: 'last' },
  missing: { enum: ['absent', 'null'], default: 'absent' },
  keyOrder: { enum: ['namespace-first', 'payload-first'], default: 'namespace-first' },
  keyCase: { enum: ['documented', 'lower', 'pascal'], default: 'documented' },
  unknownFields: { type: 'boolean', default: false },
});

/** The samples' way. */
export const DEFAULT_WIRE: WireBehaviour = Object.freeze(withDefaults<WireBehaviour>(WIRE, {}));
