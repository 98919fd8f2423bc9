/** The actions of the 8x8 Voice API, as they go over the wire. Rules: `rules.ts`; source: 8x8 "Responding to Call Action Request". */

/** Originates the first leg of an outbound session, or bridges a second leg to the live one. */
export interface MakeCallAction {
  readonly action: 'makeCall';
  readonly params: { readonly source: string; readonly destination: string; readonly callRecording?: boolean };
}

/** Speaks a text. */
export interface SayAction {
  readonly action: 'say';
  readonly params: {
    readonly text: string;
    readonly voiceProfile: string;
    readonly repetition?: number;
    readonly speed?: number;
    /** Named by 8x8's page on voice messages only; the voice profile has a language already. */
    readonly language?: string;
  };
}

/** Speaks a prompt and collects the caller's digits. */
export interface SayAndCaptureAction {
  readonly action: 'sayAndCapture';
  readonly params: {
    readonly promptMessage: string;
    readonly voiceProfile: string;
    readonly successMessage?: string | null;
    readonly failureMessage?: string | null;
    readonly speed?: number;
    readonly repetition?: number;
    readonly completeOnHash?: boolean | null;
    readonly minDigits?: number | null;
    readonly maxDigits?: number | null;
    /** Milliseconds between two digits. */
    readonly digitTimeout?: number | null;
    /** Milliseconds for the whole entry. */
    readonly overallTimeout?: number | null;
    readonly noOfTries?: number | null;
  };
}

/** Plays an audio file. */
export interface PlayFileAction {
  readonly action: 'playFile';
  readonly params: { readonly fileUrl: string; readonly repetition?: number };
}

/** Ends the session. */
export interface HangupAction {
  readonly action: 'hangup';
}

/** One action of a callflow. */
export type Action = MakeCallAction | SayAction | SayAndCaptureAction | PlayFileAction | HangupAction;

/** The name of an action on the wire. */
export type ActionName = Action['action'];

/** What a VCA webhook is answered with. */
export interface CallflowResponse {
  /** Echoed by the next VCA. Does nothing in callflows sent through the REST API. */
  readonly clientActionId?: string;
  readonly callflow: readonly Action[];
}
