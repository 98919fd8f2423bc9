import { match } from 'ts-pattern';
import type { Action } from '@hookswitch/dsl';
import type { TurnLine } from './lines.ts';

/** What is spoken in the line about an action, and by whom; null where nothing is. */
export function spokenIn(action: Action): TurnLine['spoken'][number] {
  if (action.action === 'say') return { text: action.params.text, voice: action.params.voiceProfile };
  return action.action === 'sayAndCapture' ? { text: action.params.promptMessage, voice: action.params.voiceProfile } : null;
}

/** What an action of a callflow does, in a line for people. */
export function describeAction(action: Action, number: (text: string) => string): string {
  return match(action)
    .with({ action: 'say' }, ({ params }) => `Says “${params.text}”${times(params.repetition)}`)
    .with(
      { action: 'sayAndCapture' },
      ({ params }) => `Asks “${params.promptMessage}”${times(params.repetition)} and takes ${digits(params)}`,
    )
    .with({ action: 'playFile' }, ({ params }) => `Plays ${params.fileUrl}${times(params.repetition)}`)
    .with(
      { action: 'makeCall' },
      ({ params }) => `Connects to ${number(params.destination)}${params.callRecording === true ? ', recorded' : ''}`,
    )
    .with({ action: 'hangup' }, () => 'Hangs up')
    .exhaustive();
}

function times(repetition: number | null | undefined): string {
  return typeof repetition === 'number' && repetition > 1 ? `, ${repetition} times` : '';
}

function digits(params: Extract<Action, { action: 'sayAndCapture' }>['params']): string {
  const [least, most] = [params.minDigits ?? 1, params.maxDigits ?? 25];
  const count = least === most ? (most === 1 ? '1 digit' : `${most} digits`) : `${least} to ${most} digits`;
  const tries = params.noOfTries ?? 3;
  return `${count}${params.completeOnHash === false ? '' : ', # ends'}${tries === 1 ? '' : `, ${tries} tries`}`;
}
