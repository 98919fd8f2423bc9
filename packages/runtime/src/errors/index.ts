// Classes only where programs tell errors apart by more than their code; every other error of the server is known by its `code`.

// Placing calls
export { CallParamsError } from './call-params-error.ts';
export { IntakeClosedError } from './intake-closed-error.ts';
export { SignalRefusedError } from './signal-refused-error.ts';
export { RequestError, type RequestPart } from './request-error.ts';
export { UnknownFlowError } from './unknown-flow-error.ts';

// The 8x8 REST API
export { PlatformArgumentError } from './platform-argument-error.ts';
export { PlatformCallflowError } from './platform-callflow-error.ts';
export { PlatformOutcomeUnknownError, type UnknownOutcome } from './platform-outcome-unknown-error.ts';
export { PlatformRejectedError, type PlatformRejection } from './platform-rejected-error.ts';
export { PlatformResponseError } from './platform-response-error.ts';
export { PlatformUnauthorizedError } from './platform-unauthorized-error.ts';
export { PlatformUnreachableError, type UnreachableReason } from './platform-unreachable-error.ts';

// What `hooks.onError` is given of a session, and stores throw
export { SessionError } from './session-error.ts';
export { StoreArgumentError } from './store-argument-error.ts';
export { type StoreFailure, type StoreTrouble, StoreUnavailableError } from './store-unavailable-error.ts';
