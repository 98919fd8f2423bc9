/** `@hookswitch/dsl/inside/fork`: plays on from a turn of a recorded call; for the console and the command of the same version. Not for users: any release may change it. */
export { type Deed, describeDeed, MAX_DEEDS, readDeeds } from './deed.ts';
export { forkCall } from './fork-call.ts';
export type { Fork, ForkAnswer, ForkChoice, ForkOptions, ForkStray, ForkTurn, ForkWait } from './fork.ts';
export { placeOfTurn, turnsOfJournal } from './turns.ts';
export { ForkDeedError } from '../errors/fork-deed-error.ts';
