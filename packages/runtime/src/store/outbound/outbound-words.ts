/** `waiting`: until they are due; `calling`: an attempt is open. */
export type RecipientState = 'waiting' | 'calling' | 'ended';

/** From when on, and until when (left out), people of a zone may be called. */
export interface CallingTime {
  readonly opensAt: number;
  readonly closesAt: number;
}

/** `claimed`: certainly not dialled; `dialled`: may have been; `placed`: the platform has it; `unknown`: the platform gave no clear answer. */
export type AttemptState = 'claimed' | 'dialled' | 'placed' | 'unknown';

/** What may not be said to a person any more. */
export interface Suppression {
  readonly person: string;
  /** In order. */
  readonly scopes: readonly string[];
  /** When the last one was added. */
  readonly at: number;
}
