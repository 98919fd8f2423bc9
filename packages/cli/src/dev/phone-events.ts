import type { PhoneEvent } from '@hookswitch/console/inside';
import type { SessionEvent } from '@hookswitch/simulator';

/** What the page is told of something in a session; null for what only the platform and the server see. `audio` numbers the files that were played. */
export function phoneEvent(event: SessionEvent, audio: () => number): PhoneEvent | null {
  switch (event.type) {
    case 'ringing':
      return { type: 'ringing', leg: event.leg, to: event.to, byHand: event.byHand };
    case 'connected':
    case 'silence':
    case 'closed':
      return { type: event.type };
    case 'spoken': {
      const { as, text, voice, speed, ms } = event;
      return { type: 'spoken', as, text, voice, speed, ms };
    }
    case 'played':
      return { type: 'played', url: event.url, audio: audio(), ms: event.ms };
    case 'listening': {
      const { attempt, minDigits, maxDigits, completeOnHash, hold } = event;
      return { type: 'listening', attempt, minDigits, maxDigits, completeOnHash, hold };
    }
    case 'key':
      return { type: 'key', key: event.key, heard: event.heard };
    case 'captured':
      return { type: 'captured', digits: event.digits, reason: event.reason };
    case 'bridged':
      return { type: 'bridged', to: event.to };
    case 'bridge-ended':
      return { type: 'bridge-ended', outcome: event.outcome, seconds: event.seconds };
    case 'fault':
      return { type: 'fault', message: event.fault.message };
    case 'ended': {
      const { by, status, reason } = event.end;
      return { type: 'ended', by, status, reason };
    }
    case 'asking':
    case 'answered':
      return null;
  }
}
