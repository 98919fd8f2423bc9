/**
 * How a platform behaves where 8x8's documents are silent or disagree. The defaults are the reading that fits the published text best;
 * a flow is safe when it works under every combination.
 */
export interface CaptureBehaviour {
  /** Whether the `#` that ended an entry is part of `dtmf`. @default 'omitted' */
  readonly closingHash: 'omitted' | 'included';
  /** What `dtmf` is when nothing was pressed: JSON null, no such field, or `""`. @default 'null' */
  readonly silence: 'null' | 'absent' | 'empty';
  /** What `dtmf` is after a last try that failed although keys were pressed: those keys, or the same as for silence. @default 'digits' */
  readonly failedEntry: 'digits' | 'silence';
  /** Whether failureMessage is heard after the last try too, or only between tries. @default 'always' */
  readonly failureMessage: 'always' | 'between-tries';
  /** Whether maxDigits ends an entry while completeOnHash is true; else more digits make the entry too long. @default false */
  readonly maxDigitsEndsHashEntry: boolean;
  /** What a `#` is while completeOnHash is false: a digit like the others, or nothing. @default 'digit' */
  readonly hashInFixedEntry: 'digit' | 'ignored';
  /** What happens when time runs out after enough digits: the entry counts, or the try has failed. @default 'accepts' */
  readonly timeoutAfterEnoughDigits: 'accepts' | 'fails';
  /** Which timeout runs before the first digit. @default 'overallTimeout' */
  readonly firstDigitWithin: 'overallTimeout' | 'digitTimeout';
  /** Which of 8x8's two lists of defaults holds for parameters that were not sent: the guide's (noOfTries 3, overallTimeout 30000, maxDigits 25) or the API schema's (1, 5000, 1). @default 'guide' */
  readonly defaults: 'guide' | 'schema';
  /** What a key does while something is spoken: it cuts the speech short and counts, or it is lost. @default 'interrupts' */
  readonly keyWhileSpeaking: 'interrupts' | 'lost';
  /** How long speech takes at speed 1, in ms a character, ≥ 0. With 0 speech takes no time. @default 0 */
  readonly msPerCharacter: number;
}

/** The behaviour that is assumed unless another is asked for. */
export const DEFAULT_CAPTURE_BEHAVIOUR: CaptureBehaviour = Object.freeze({
  closingHash: 'omitted',
  silence: 'null',
  failedEntry: 'digits',
  failureMessage: 'always',
  maxDigitsEndsHashEntry: false,
  hashInFixedEntry: 'digit',
  timeoutAfterEnoughDigits: 'accepts',
  firstDigitWithin: 'overallTimeout',
  defaults: 'guide',
  keyWhileSpeaking: 'interrupts',
  msPerCharacter: 0,
});
