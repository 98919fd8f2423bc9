/**
 * `@hookswitch/simulator`: a platform that behaves as the 8x8 Voice API does.
 *
 * Not exported on purpose: sessions' inner workings, the courier and the rules of callflows; `createPlatform` is the way in.
 */

// The platform
export { createPlatform } from './platform.ts';
export type { Platform } from './platform.ts';
export type { InboundCall, ListenOptions } from './call-options.ts';
export type { Callee, OutboundCall, PlatformOptions } from './platform-options.ts';
export { DEFAULT_BEHAVIOUR } from './behaviour.ts';
export type { Behaviour, BehaviourOptions, Redelivery } from './behaviour.ts';
export type { WireBehaviour } from './wire/wire-behaviour.ts';
export type { Holds } from './session/context.ts';
export type { VirtualNumber } from './registry/number-pool.ts';
export type { NumberStatus } from './wire/number-event.ts';
export type { RecordingStatus } from './wire/recording-event.ts';
export { SAMPLE_VOICES } from './registry/voices.ts';
export type { SpeechProfile } from './registry/voices.ts';
export { WEBHOOK_TYPES } from './registry/webhooks.ts';
export type { WebhookType, WebhookUrls } from './registry/webhooks.ts';

// Sessions
export type { SimulatedSession, SessionState } from './session/simulated-session.ts';
export type { BridgeOutcome, EndedBy, SessionEnd, SessionEvent } from './session/events.ts';
export type { SessionStatus } from './wire/session-summary.ts';
export type { Fault, FaultKind } from './faults.ts';
export type { DeliveryNote } from './delivery/courier.ts';

// Who calls, and who is called
export { caller } from './callers/script.ts';
export type { PressOptions, Script } from './callers/script.ts';
export type { Heard } from './callers/script-run.ts';
export { randomWalker } from './callers/walker.ts';
export type { WalkerOptions } from './callers/walker.ts';
export { silentCaller } from './callers/caller.ts';
export type { Caller, CallerLine } from './callers/caller.ts';
export type { Party, PartyAct } from './callers/party.ts';

export { callees } from './callees.ts';
export type { CalleeAct, CalleeHours, CalleeRates, CalleesOptions } from './callees.ts';

// Chaos
export { CHAOS_KINDS, parseChaos } from './chaos/chaos-options.ts';
export type { ChaosKind, ChaosOptions } from './chaos/chaos-options.ts';

// Time and chance
export { realClock } from './clock/real-clock.ts';
export { sharedClock } from './clock/shared-clock.ts';
export type { SharedClock, SharedClockOptions } from './clock/shared-clock.ts';
export { virtualClock } from './clock/virtual-clock.ts';
export type { VirtualClockOptions } from './clock/virtual-clock.ts';
export type { Clock, Timeline, Timer } from './clock/clock.ts';
export { randomFrom } from './random/random.ts';
export type { Random } from './random/random.ts';

// Load
export { formatReport } from './load/format-report.ts';
export { runCompared } from './load/run-compared.ts';
export type { ComparedOptions, ComparedReport } from './load/run-compared.ts';
export { runLoad } from './load/run-load.ts';
export type { BadCall, LoadReport } from './load/run-load.ts';
export type { CallOrder, CallRecord, LoadOptions, LoadProgress, OutboundLoad } from './load/load-options.ts';
export type { Latency, WebhookFigures } from './load/latency.ts';
export { differenceOf, sameAs } from './load/transcripts.ts';

// Errors
export { SessionOverError } from './errors/session-over-error.ts';
export { SimulatorClosedError } from './errors/simulator-closed-error.ts';
export { SimulatorOptionError } from './errors/simulator-option-error.ts';
