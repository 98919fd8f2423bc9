import { match } from 'ts-pattern';
import type { Action } from '../callflow/actions.ts';

/** A batch as one readable line. Numbers that are dialled are not shown. */
export function spoken(actions: readonly Action[]): string {
  return actions.map(spokenAction).filter(Boolean).join(' ');
}

function spokenAction(action: Action): string {
  return match(action)
    .with({ action: 'say' }, ({ params }) => params.text)
    .with({ action: 'sayAndCapture' }, ({ params }) => params.promptMessage)
    .with({ action: 'playFile' }, ({ params }) => `♪ ${params.fileUrl}`)
    .with({ action: 'makeCall' }, { action: 'hangup' }, () => '')
    .exhaustive();
}
