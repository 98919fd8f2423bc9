import type { Action } from '@hookswitch/dsl';

/** What an action of a callflow does, in a line for people. */
export function describeAction(action: Action, number: (text: string) => string): string {
  switch (action.action) {
    case 'say':
      return `Says “${action.params.text}”${times(action.params.repetition)}`;
    case 'sayAndCapture':
      return `Asks “${action.params.promptMessage}”${times(action.params.repetition)} and takes ${digits(action.params)}`;
    case 'playFile':
      return `Plays ${action.params.fileUrl}${times(action.params.repetition)}`;
    case 'makeCall':
      return `Connects to ${number(action.params.destination)}${action.params.callRecording === true ? ', recorded' : ''}`;
    case 'hangup':
      return 'Hangs up';
  }
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
