import type { EventItem, SpokenView, StepItem, TimelineItem, TurnItem } from '../../../src/views.ts';
import { duration, fullTime } from '../lib/format.ts';
import { textOf } from '../../../src/language.ts';
import { Icon } from './icons.tsx';
import { JsonView } from './json-view.tsx';

/** How a call went, from its first webhook on. */
export function Timeline({ items, startedAt }: { readonly items: readonly TimelineItem[]; readonly startedAt: number }) {
  return (
    <ol class="timeline">
      {items.map((item, index) => (
        <li
          key={`${item.kind}-${item.at}-${index}`}
          class={`entry entry-${item.kind}${item.kind === 'event' ? ` entry-${item.tone}` : ''}`}
        >
          <time class="entry-time" dateTime={new Date(item.at).toISOString()} title={fullTime(item.at)}>
            {offset(item.at - startedAt)}
          </time>
          <div class="entry-body">
            <Item item={item} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function Item({ item }: { readonly item: TimelineItem }) {
  switch (item.kind) {
    case 'turn':
      return <Turn item={item} />;
    case 'step':
      return <Step item={item} />;
    case 'event':
      return <Event item={item} />;
  }
}

/** Time since the call began: `+0:07.3`. */
function offset(ms: number): string {
  const tenths = Math.max(0, Math.round(ms / 100));
  return `+${Math.floor(tenths / 600)}:${String(Math.floor(tenths / 10) % 60).padStart(2, '0')}.${tenths % 10}`;
}

function Turn({ item }: { readonly item: TurnItem }) {
  const { turn, came, site, answered, spoken, state, steps, event, answer } = item;
  return (
    <>
      <div class="turn-head">
        <strong class="came">{came}</strong>
        {site !== null && <span class="turn-site">{site}</span>}
        <span class="soft turn-number">turn {turn}</span>
      </div>
      {steps.map((step, index) => (
        <Step key={index} item={step} />
      ))}
      {state === 'working' && <p class="soft">Being worked on …</p>}
      {state === 'hidden' && <p class="soft">The answer speaks of something sensitive: it is not shown.</p>}
      {answered.length > 0 && (
        <ul class="answered">
          {answered.map((line, index) => (
            <li key={index}>
              <Line text={line} spoken={spoken[index] ?? null} />
            </li>
          ))}
        </ul>
      )}
      <div class="wire">
        <JsonView title="Webhook" value={event} />
        {answer !== null && <JsonView title="Answer" value={answer} />}
      </div>
    </>
  );
}

/** A line about an action; what is spoken in it is in a language of its own. */
function Line({ text, spoken }: { readonly text: string; readonly spoken: SpokenView | null }) {
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

function Step({ item }: { readonly item: StepItem }) {
  const { site, ms, attempts, error, result } = item;
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

function Event({ item }: { readonly item: EventItem }) {
  const hasData = item.data !== null && typeof item.data === 'object' && Object.keys(item.data).length > 0;
  return (
    <div class="event">
      <span>{item.text}</span>
      {hasData && <JsonView title="Details" value={item.data} />}
    </div>
  );
}
