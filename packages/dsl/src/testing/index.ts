/**
 * `@hookswitch/dsl/testing`: calls a flow in a test, with a phone that can do what phones can.
 *
 * Not exported on purpose: the player and driver behind a test call. Matchers for vitest are in `@hookswitch/dsl/vitest`.
 */

// A call in a test
export { startCall } from './start-call.ts';
export type { StartCallOptions } from './call-options.ts';
export { isTestCall } from './test-call.ts';
export type { TestCall } from './test-call.ts';
export type { BridgeEnd } from './bridge-end.ts';
export { inTurn } from './step-stubs.ts';
export type { InTurn, StepStub, StubContext } from './step-stubs.ts';
export { MODES } from './modes.ts';
export type { Mode } from './modes.ts';

// Sentences about every call
export { forEveryCall } from './every-call/every-call.ts';
export type { EveryCallResult, Sentence } from './every-call/every-call.ts';
export type { CallStart, EveryCallOptions } from './every-call/options.ts';
export type { BridgeRun, CallSoFar, RandomCall, StepRun } from './every-call/random-call.ts';

// What a platform does with a capture: shared by the test phone and the platform simulator
export { captureStep, createCapture } from './capture-engine.ts';
export type { CaptureEvent, CaptureReason, CaptureResult, CaptureSpeech, CaptureState } from './capture-engine.ts';
export { DEFAULT_CAPTURE_BEHAVIOUR } from './capture-behaviour.ts';
export type { CaptureBehaviour } from './capture-behaviour.ts';
export type { CaptureParams } from './capture-params.ts';
export { isPhoneKey, PHONE_KEYS, phoneKeys } from './phone-keys.ts';
export type { PhoneKey } from './phone-keys.ts';

// Errors that callers tell apart; all others are known by their codes
export { FlowFailedError } from './errors/flow-failed-error.ts';
export { NothingListensError } from './errors/nothing-listens-error.ts';
export { PhoneKeyError } from './errors/phone-key-error.ts';
export { SignalError } from './errors/signal-error.ts';
export { SentenceBrokenError } from './errors/sentence-broken-error.ts';
export { StepStubError } from './errors/step-stub-error.ts';
