import { duration } from '../lib/format.ts';
import type { TurnTime } from '../lib/turn-times.ts';

/** How long a turn took beside the longest of the call: steps, what was spoken, and the caller. */
export function TurnBar({ time, longest }: { readonly time: TurnTime; readonly longest: number }) {
  const { steps, spoken, caller } = time;
  const whole = steps + spoken + caller;
  if (whole === 0 || longest === 0) return null;
  const parts = [
    { name: 'steps', ms: steps, text: `steps ${duration(steps)}` },
    { name: 'spoken', ms: spoken, text: `spoken about ${duration(spoken)}` },
    { name: 'caller', ms: caller, text: `then ${duration(caller)} until the answer` },
  ].filter(({ ms }) => ms > 0);
  const width = (ms: number): string => `${((ms / longest) * 100).toFixed(2)}%`;
  return (
    <p class="turn-time" title={parts.map(({ text }) => text).join(', ')}>
      <svg class="turn-bar" width="100%" height="6" aria-hidden="true" focusable="false">
        {parts.map(({ name, ms }, index) => (
          <rect
            key={name}
            class={`bar-${name}`}
            x={width(parts.slice(0, index).reduce((sum, part) => sum + part.ms, 0))}
            width={width(ms)}
            height="6"
            rx="2"
          />
        ))}
      </svg>
      <span class="turn-spent">{parts.map(({ text }) => text).join(', ')}</span>
    </p>
  );
}
