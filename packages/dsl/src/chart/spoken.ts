import type { Action } from '../callflow/actions.ts';

/** A batch as one readable line. Numbers that are dialled are not shown. */
export function spoken(actions: readonly Action[]): string {
  return actions.map(spokenAction).filter(Boolean).join(' ');
}

function spokenAction(action: Action): string {
  switch (action.action) {
    case 'say':
      return action.params.text;
    case 'sayAndCapture':
      return action.params.promptMessage;
    case 'playFile':
      return `♪ ${action.params.fileUrl}`;
    case 'makeCall':
    case 'hangup':
      return '';
  }
}
