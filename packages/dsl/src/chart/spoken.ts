import { match } from 'ts-pattern';
import type { Action } from '../callflow/actions.ts';

/** A batch as one readable line. Numbers that are dialled are not shown. */
export function spoken(actions: readonly Action[]): string {
  return actions.map(spokenAction).filter(Boolean).join(' ');
}

/** The voice of the first words of a batch. Null where nothing is spoken. */
export function voiceIn(actions: readonly Action[]): string | null {
  for (const one of actions) {
    if (one.action === 'say' || one.action === 'sayAndCapture') return one.params.voiceProfile ?? null;
  }
  return null;
}

function spokenAction(action: Action): string {
  return match(action)
    .with({ action: 'say' }, ({ params }) => params.text)
    .with({ action: 'sayAndCapture' }, ({ params }) => params.promptMessage)
    .with({ action: 'playFile' }, ({ params }) => `♪ ${params.fileUrl}`)
    .with({ action: 'makeCall' }, { action: 'hangup' }, () => '')
    .exhaustive();
}
