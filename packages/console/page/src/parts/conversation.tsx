import { useEffect, useRef } from 'preact/hooks';
import { textOf } from '../../../src/language.ts';
import type { PhoneEvent } from '../../../src/phone-views.ts';

interface Line {
  readonly by: 'them' | 'me' | 'note' | 'bad';
  readonly text: string;
  /** Of what is spoken. */
  readonly voice?: string;
}

/** What was heard and pressed, as it comes. */
export function Conversation({ events }: { readonly events: readonly PhoneEvent[] }) {
  const end = useRef<HTMLDivElement>(null);
  const lines = linesOf(events);
  useEffect(() => {
    const list = end.current;
    if (list !== null) list.scrollTop = list.scrollHeight;
  }, [lines.length, lines.at(-1)?.text]);
  return (
    <div ref={end} class="conversation" role="log" aria-label="What is heard and pressed" tabIndex={0}>
      {lines.map(({ by, text, voice }, index) => (
        <p key={index} class={`line line-${by}`} {...(voice === undefined ? {} : textOf(voice))}>
          {text}
        </p>
      ))}
    </div>
  );
}

function linesOf(events: readonly PhoneEvent[]): readonly Line[] {
  const lines: Line[] = [];
  let keys = '';
  for (const event of events) {
    if (event.type === 'key' && event.heard) {
      if (keys === '') lines.push({ by: 'me', text: '' });
      keys += event.key;
      lines[lines.length - 1] = { by: 'me', text: [...keys].join(' ') };
      continue;
    }
    // What is spoken meanwhile belongs behind the keys; the next key begins a line of its own.
    if (event.type !== 'key') keys = '';
    const line = lineOf(event);
    if (line !== null) lines.push(line);
  }
  return lines;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  busy: 'It is busy',
  'no-answer': 'Nobody answers',
  declined: 'The call is declined',
  failed: 'The connection fails',
};

function lineOf(event: PhoneEvent): Line | null {
  switch (event.type) {
    case 'spoken':
      return { by: 'them', text: event.text, voice: event.voice };
    case 'played':
      return { by: 'them', text: `♪ ${event.url}` };
    case 'key':
      return { by: 'note', text: `${event.key}: nothing listens` };
    case 'captured':
      return event.reason === 'timeout' && event.digits === '' ? { by: 'note', text: 'Nothing pressed' } : null;
    case 'ringing':
      return { by: 'note', text: event.leg === 'second' ? `Calling ${event.to} …` : 'Ringing …' };
    case 'bridged':
      return { by: 'note', text: `${event.to} is on the line` };
    case 'bridge-ended':
      return { by: 'note', text: OUTCOMES[event.outcome] ?? `The other party has hung up, after ${event.seconds} s` };
    case 'silence':
      return { by: 'note', text: 'Nothing more comes; the line stays open' };
    case 'fault':
      return { by: 'bad', text: event.message };
    case 'ended':
      return event.reason === null
        ? { by: 'note', text: ENDED_BY[event.by] ?? 'The call is over' }
        : { by: 'bad', text: `The call was ended: ${event.reason}` };
    default:
      return null;
  }
}

const ENDED_BY: Readonly<Record<string, string>> = {
  caller: 'You hung up',
  server: 'The flow hung up',
  party: 'The other side ended the call',
  platform: 'The platform ended the call',
};
