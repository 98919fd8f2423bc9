import type { CallSession } from './call-session.ts';

/** Something that is spoken. */
export interface Speech {
  readonly as: 'say' | 'prompt' | 'success' | 'failure';
  readonly text: string;
  readonly voice: string;
  readonly speed: number;
}

/** How long a text takes, ms. */
export function speechMs(session: CallSession, text: string, speed: number): number {
  return (text.length * session.context.behaviour.capture.msPerCharacter) / speed;
}

/** The caller hears a text. */
export function hear(session: CallSession, speech: Speech): void {
  const hold = session.holding;
  const filler = hold && (isFiller(session, speech.text) ?? true);
  if (!filler) session.heard.push(speech.text);
  session.emit({ type: 'spoken', ...speech, ms: speechMs(session, speech.text, speech.speed), hold: filler });
}

/** The caller hears an audio file. */
export function hearFile(session: CallSession, url: string): void {
  const filler = session.holding && (isFiller(session, url) ?? false);
  if (!filler) session.heard.push(`file: ${url}`);
  session.emit({ type: 'played', url, ms: session.context.behaviour.playFileMs });
}

/** Whether something of a hold is filler; undefined where nobody says. */
function isFiller({ answer, context: { holds } }: CallSession, text: string): boolean | undefined {
  return answer === null ? undefined : holds?.isFiller?.(text, answer);
}
