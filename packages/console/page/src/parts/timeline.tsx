import type { EventLine, StepLine, TimelineLine, TurnLine } from '../../../src/views.ts';
import { duration, fullTime } from '../lib/format.ts';
import { textOf } from '../../../src/language.ts';
import type { TurnTime } from '../lib/turn-times.ts';
import { Icon } from './icons.tsx';
import { JsonView } from './json-view.tsx';
import { TurnBar } from './turn-bar.tsx';

type Shown = Exclude<TimelineLine, { kind: 'entry' }>;

interface TimelineProps {
  readonly lines: readonly TimelineLine[];
  readonly startedAt: number;
  /** The address at which a call is played on from a turn; null where nobody may. */
  readonly forkAt: ((turn: number) => string) | null;
  readonly times: ReadonlyMap<number, TurnTime>;
}

/** How a call went, from its first webhook on. */
export function Timeline({ lines, startedAt, forkAt, times }: TimelineProps) {
  const longest = Math.max(0, ...[...times.values()].map(({ steps, spoken, caller }) => steps + spoken + caller));
  return (
    <ol class="timeline">
      {grouped(lines).map(({ line, steps }, index) => (
        <li key={`${line.kind}-${line.at}-${index}`} class={`entry ${classOf(line)}`}>
          <time class="entry-time" dateTime={line.at} title={fullTime(Date.parse(line.at))}>
            {offset(Date.parse(line.at) - startedAt)}
          </time>
          <div class="entry-body">
            {line.kind === 'turn' ? (
              <Turn line={line} steps={steps} fork={forkAt?.(line.turn) ?? null} time={times.get(line.turn) ?? null} longest={longest} />
            ) : line.kind === 'step' ? (
              <Step line={line} />
            ) : (
              <Event line={line} />
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** The lines as they are shown: steps stand in the turn for which they ran, the last one with those that still run; turns and steps tell what the journal has. */
function grouped(lines: readonly TimelineLine[]): readonly { readonly line: Shown; readonly steps: readonly StepLine[] }[] {
  const shown = lines.filter((line) => line.kind !== 'entry');
  const steps = shown.filter((line) => line.kind === 'step');
  const turns = shown.filter((line) => line.kind === 'turn');
  const others = shown.filter((line) => line.kind !== 'step');
  if (turns.length === 0) return shown.map((line) => ({ line, steps: [] }));
  return others.map((line) => {
    if (line.kind !== 'turn') return { line, steps: [] };
    const end = line === turns.at(-1) ? steps.length : steps.findIndex(({ at }) => at > line.at);
    return { line, steps: steps.splice(0, end < 0 ? steps.length : end) };
  });
}

function classOf(line: Shown): string {
  return line.kind === 'turn' || line.kind === 'step' ? `entry-${line.kind}` : `entry-event entry-${line.tone}`;
}

/** Time since the call began: `+0:07.3`. */
function offset(ms: number): string {
  const tenths = Math.max(0, Math.round(ms / 100));
  return `+${Math.floor(tenths / 600)}:${String(Math.floor(tenths / 10) % 60).padStart(2, '0')}.${tenths % 10}`;
}

interface TurnProps {
  readonly line: TurnLine;
  readonly steps: readonly StepLine[];
  readonly fork: string | null;
  readonly time: TurnTime | null;
  readonly longest: number;
}

function Turn({ line, steps, fork, time, longest }: TurnProps) {
  const { turn, came, site, said, spoken, state } = line;
  const { event, answer } = line.data as { readonly event: unknown; readonly answer: unknown };
  return (
    <>
      <div class="turn-head">
        <strong class="came">{came}</strong>
        {site !== null && <span class="turn-site">{site}</span>}
        <span class="soft turn-number">turn {turn}</span>
        {fork !== null && (
          <a class="turn-fork" href={fork} aria-label={`Fork from here, turn ${turn}`}>
            Fork from here
          </a>
        )}
      </div>
      {steps.map((step, index) => (
        <Step key={index} line={step} />
      ))}
      {state === 'working' && <p class="soft">Being worked on …</p>}
      {state === 'hidden' && <p class="soft">The answer speaks of something sensitive: it is not shown.</p>}
      {said.length > 0 && (
        <ul class="answered">
          {said.map((text, index) => (
            <li key={index}>
              <Line text={text} spoken={spoken[index] ?? null} />
            </li>
          ))}
        </ul>
      )}
      {time !== null && <TurnBar time={time} longest={longest} />}
      <div class="wire">
        <JsonView title="Webhook" value={event} />
        {answer !== null && <JsonView title="Answer" value={answer} />}
      </div>
    </>
  );
}

/** A line about an action; what is spoken in it is in a language of its own. */
function Line({ text, spoken }: { readonly text: string; readonly spoken: TurnLine['spoken'][number] }) {
  const at = spoken === null ? -1 : text.indexOf(spoken.text);
  if (spoken === null || at < 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <bdi {...textOf(spoken.voice)}>{spoken.text}</bdi>
      {text.slice(at + spoken.text.length)}
    </>
  );
}

function Step({ line }: { readonly line: StepLine }) {
  const { site, ms, attempts, error, result } = line;
  return (
    <div class={`step${error === null ? '' : ' step-failed'}`}>
      <span class="step-name">{site}</span>
      <span class="soft">
        {duration(ms)}
        {attempts > 1 ? `, ${attempts} attempts` : ''}
      </span>
      {error === null ? (
        <code class="step-result">{typeof result === 'string' ? result : JSON.stringify(result)}</code>
      ) : (
        <span class="step-error">
          <Icon name="warning" size={14} /> {error}
        </span>
      )}
    </div>
  );
}

function Event({ line }: { readonly line: EventLine }) {
  const hasData = line.data !== null && typeof line.data === 'object' && Object.keys(line.data).length > 0;
  return (
    <div class="event">
      <span>{line.text}</span>
      {hasData && <JsonView title="Details" value={line.data} />}
    </div>
  );
}
