import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { spokenTime } from '../lib/call-time.ts';
import { own } from '../lib/own.ts';
import { href, route } from '../lib/route.ts';
import {
  call,
  clearPhone,
  declared,
  hangUp,
  isUp,
  loadPhone,
  party,
  phoneError,
  type PhoneState,
  serverCall,
  setSpeed,
  speed,
  state,
} from '../lib/phone.ts';
import { dev, epoch, flows } from '../lib/state.ts';
import { useCounts, useFlow } from '../lib/use-flow.ts';
import { muted } from '../lib/voice.ts';
import { Conversation } from '../parts/conversation.tsx';
import { DiagramView } from '../parts/diagram-view.tsx';
import { EmptyState, Failure } from '../parts/empty-state.tsx';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icons.tsx';
import { Keypad } from '../parts/keypad.tsx';
import { NoDiagram } from '../parts/no-diagram.tsx';
import { PhoneForm } from '../parts/phone-form.tsx';
import { SignalForm } from '../parts/signal-form.tsx';
import { SitePanel } from '../parts/site-panel.tsx';
import { valueWords } from '../settings/words.ts';

const WORDS: Readonly<Record<PhoneState, string>> = {
  idle: 'Ready',
  ringing: 'Ringing',
  'ringing-by-hand': 'Your phone rings',
  connecting: 'Connected',
  speaking: 'Speaking',
  listening: 'Press keys',
  calling: 'Calling somebody',
  'calling-by-hand': 'Their phone rings',
  bridged: 'On the line',
  silent: 'Silence',
  over: 'Call ended',
};

export function PhonePage() {
  const phone = useRef<HTMLElement>(null);
  const events = call.value?.events.length;
  // What had the focus before may be gone: the form when the call begins, an answer when it was given.
  const before = useRef(events);
  useEffect(() => {
    const isChanged = events !== undefined || before.current !== undefined;
    before.current = events;
    if (isChanged && document.activeElement === document.body) phone.current?.focus({ preventScroll: true });
  }, [events]);
  const [chosen, setChosen] = useState<string | null>(null);
  const called = call.value?.flow ?? null;
  // The next call is most likely to the same flow.
  useEffect(() => {
    if (called !== null) setChosen(called);
  }, [called]);
  useEffect(() => void loadPhone(), [epoch.value]);
  const names = flows.value.map(({ name }) => name);
  const asked = route.value.parts[0] ?? null;
  const isMadeUp = asked !== null && !names.includes(asked);
  const wanted = [called, chosen, asked].find((one) => one !== null && names.includes(one));
  const name = (isUp.value ? called : null) ?? wanted ?? names[0] ?? '';
  if (names.length === 0)
    return (
      <main class="page">
        {dev.value?.reloading === true ? (
          <EmptyState title={<Heading title="Loading the flows …" />}>They can be called here in a moment.</EmptyState>
        ) : (
          <EmptyState title={<Heading title="No flow yet" />}>
            Save one in the folder that is watched: <code>export default defineFlow(…)</code>. It can be called here as soon as it is saved.
          </EmptyState>
        )}
      </main>
    );
  return (
    <main class="page phone-page">
      <Heading title="Phone" hidden />
      <section ref={phone} class="phone" aria-label="Phone" tabIndex={-1}>
        {isMadeUp && <Failure message={`There is no flow "${asked}". There are: ${names.join(', ')}.`} />}
        <Screen />
        {state.value === 'idle' ? <PhoneForm flow={name} onFlow={setChosen} /> : <InCall />}
        <Tools />
      </section>
      <Watched flow={name} />
    </main>
  );
}

function Screen() {
  const current = call.value;
  const now = state.value;
  if (current === null) return null;
  const other = current.direction === 'inbound' ? current.to : (current.from ?? '');
  return (
    <div class={`screen screen-${now}`}>
      <div class="screen-head">
        <span class="screen-flow">{current.flow}</span>
        <span class="screen-number">{other}</span>
        <span class="screen-state" role="status">
          {WORDS[now]}
        </span>
      </div>
      {current.at !== null && (
        <p class="screen-clock">
          Clock set for this call: <time dateTime={current.at}>{spokenTime(current.at)}</time>
        </p>
      )}
      {current.settings !== null && (
        <p class="screen-clock">
          Set for this call:{' '}
          {Object.entries(current.settings)
            .map(([name, value]) => `${own(own(declared.value, current.flow) ?? {}, name)?.label ?? name} ${valueWords(value)}`)
            .join(', ')}
        </p>
      )}
      <Conversation events={current.events} />
    </div>
  );
}

function InCall() {
  const now = state.value;
  const over = now === 'over';
  const record = serverCall.value;
  return (
    <div class="in-call">
      {now === 'ringing-by-hand' && <PartyButtons question="Do you answer?" answer="Answer" />}
      {now === 'calling-by-hand' && <PartyButtons question="What does the other party do?" answer="Answers" />}
      {now === 'bridged' && (
        <button type="button" class="button" onClick={() => void party('hangs-up')}>
          The other party hangs up
        </button>
      )}
      {phoneError.value !== null && (
        <p class="form-error" role="alert">
          {phoneError.value}
        </p>
      )}
      {over ? (
        <div class="after-call">
          {record !== null && (
            <a class="button" href={href('calls', [record.id])}>
              See how it went
            </a>
          )}
          <AgainButton />
        </div>
      ) : (
        <>
          {record !== null && <SignalForm call={record} />}
          {now !== 'ringing-by-hand' && now !== 'calling-by-hand' && <Keypad active />}
          {now !== 'ringing-by-hand' && (
            <button type="button" class="button button-end" onClick={() => void hangUp()}>
              <Icon name="hangUp" size={18} />
              <span>Hang up</span>
            </button>
          )}
        </>
      )}
    </div>
  );
}

function AgainButton() {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => button.current?.focus(), []);
  return (
    <button ref={button} type="button" class="button button-call" onClick={clearPhone}>
      <Icon name="phone" size={18} />
      <span>New call</span>
    </button>
  );
}

function PartyButtons({ question, answer }: { readonly question: string; readonly answer: string }) {
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  return (
    <fieldset class="party">
      <legend>{question}</legend>
      <button ref={first} type="button" class="button button-call" onClick={() => void party('answers')}>
        {answer}
      </button>
      <button type="button" class="button" onClick={() => void party('busy')}>
        Busy
      </button>
      <button type="button" class="button" onClick={() => void party('no-answer')}>
        No answer
      </button>
      <button type="button" class="button" onClick={() => void party('declines')}>
        Declines
      </button>
    </fieldset>
  );
}

function Tools() {
  return (
    <div class="phone-tools">
      <button type="button" class="tool" aria-pressed={muted.value} onClick={() => (muted.value = !muted.value)}>
        <Icon name={muted.value ? 'muted' : 'sound'} />
        <span>{muted.value ? 'Muted' : 'Sound on'}</span>
      </button>
      <label class="tool">
        <span>Speed</span>
        <select value={String(speed.value)} disabled={isUp.value} onChange={({ currentTarget }) => setSpeed(Number(currentTarget.value))}>
          <option value="1">as it is</option>
          <option value="2">2 ×</option>
          <option value="5">5 ×</option>
          <option value="20">20 ×</option>
        </select>
      </label>
    </div>
  );
}

/** The flow's diagram, with the call on it. */
function Watched({ flow: name }: { readonly flow: string }) {
  const { value, error } = useFlow(name);
  const counts = useCounts(name);
  const [selected, setSelected] = useState<string | null>(null);
  const { lit, previous } = useLit();
  const flow = value?.chart.flow === name && !value.isPending ? value : null;
  return (
    <section class="watched" aria-label="Where the call is">
      {error !== null && <Failure message={error} />}
      {flow === null ? (
        <NoDiagram isFailed={error !== null} isPending={value?.isPending === true} />
      ) : (
        <div class={`diagram-area${selected === null ? '' : ' has-panel'}`}>
          <DiagramView
            flow={flow}
            lit={lit}
            previous={previous}
            counts={counts}
            selected={selected}
            follow
            hasPhone={isUp.value}
            onSelect={setSelected}
          />
          {selected !== null && <SitePanel chart={flow.chart} name={selected} live={counts.get(selected) ?? 0} onSelect={setSelected} />}
        </div>
      )}
    </section>
  );
}

/** Where the call on the phone stands, and where it stood before. */
function useLit(): { readonly lit: string | null; readonly previous: string | null } {
  const record = serverCall.value;
  const site = record === null || !isUp.value ? null : record.site;
  const path = useRef<{ lit: string | null; previous: string | null }>({ lit: null, previous: null });
  if (site !== path.current.lit) path.current = { lit: site, previous: site === null ? null : (path.current.lit ?? 'idle') };
  return path.current;
}
