import { useEffect, useRef, useState } from 'preact/hooks';
import type { ForkView, ForkWaitView } from '../../../src/fork-views.ts';
import { messageOf } from '../lib/api.ts';
import type { PlayedFork } from '../lib/fork.ts';
import { Icon } from './icons.tsx';
import { Keypad } from './keypad.tsx';

const OUTCOMES = { answered: 'Answers', busy: 'Busy', 'no-answer': 'No answer', declined: 'Declines', failed: 'Fails' } as const;
const ENDED = {
  flow: 'The flow hung up.',
  caller: 'You hung up.',
  failed: 'The flow has failed: on a server the caller would now hear the fallback.',
} as const;

/** What can be done where a fork stands. */
export function ForkPhone({ view, fork }: { readonly view: ForkView; readonly fork: PlayedFork }) {
  const { waits } = view;
  const place = useRef<HTMLDivElement>(null);
  const asked = waits.for === 'nothing' ? 'nothing' : `${waits.for} ${waits.site}`;
  // What had the focus is gone when something else is asked for.
  useEffect(() => {
    if (document.activeElement === document.body) place.current?.focus({ preventScroll: true });
  }, [asked]);
  return (
    <div ref={place} class="fork-asks" tabIndex={-1}>
      <p class="fork-state" role="status">
        {stateOf(waits)}
      </p>
      {waits.for === 'keys' && (
        <>
          <Keypad active onPress={(key) => fork.play({ press: key })} />
          <button type="button" class="button" onClick={() => fork.play({ silence: true })}>
            {waits.digits === '' ? 'Press nothing' : 'Pause'}
          </button>
        </>
      )}
      {waits.for === 'bridge' && (
        <fieldset class="party">
          <legend>What does the other party do?</legend>
          {Object.entries(OUTCOMES).map(([outcome, words]) => (
            <button key={outcome} type="button" class="button" onClick={() => fork.play({ bridge: outcome as keyof typeof OUTCOMES })}>
              {words}
            </button>
          ))}
        </fieldset>
      )}
      {waits.for === 'value' && <ValueForm key={`${asked} ${fork.deeds.length}`} waits={waits} fork={fork} />}
      {waits.for !== 'nothing' && (
        <button type="button" class="button button-end" onClick={() => fork.play({ hangUp: true })}>
          <Icon name="hangUp" size={18} />
          <span>Hang up</span>
        </button>
      )}
    </div>
  );
}

function stateOf(waits: ForkWaitView): string {
  switch (waits.for) {
    case 'nothing':
      return ENDED[waits.ended];
    case 'keys': {
      const { again, sensitive, digits, attempt, attempts } = waits;
      const typed = digits === '' ? '' : ` So far: ${sensitive ? '•'.repeat(digits.length) : digits}.`;
      const tries = attempts > 1 && attempt > 1 ? ` Try ${attempt} of ${attempts}.` : '';
      return again ? `What was keyed in is erased: key in something again.${typed}${tries}` : `Press keys.${typed}${tries}`;
    }
    case 'bridge':
      return `Connecting to ${waits.to}.`;
    case 'value':
      return waits.again
        ? `What ${waits.site} gave is erased: say what it gives.`
        : waits.then === null
          ? `Nothing is recorded of ${waits.site}: say what it gives.`
          : `Say what ${waits.site} gives.`;
  }
}

/** The result of a step: one of its examples, what was recorded, or any JSON. */
function ValueForm({ waits, fork }: { readonly waits: Extract<ForkWaitView, { for: 'value' }>; readonly fork: PlayedFork }) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    try {
      fork.play({ result: text.trim() === '' ? {} : { value: JSON.parse(text) as unknown } });
    } catch (error) {
      setProblem(`That is no JSON: ${messageOf(error)}. Write it like "a text", 12 or {"name": "Ann"}.`);
    }
  };
  return (
    <div class="fork-value">
      <fieldset class="party">
        <legend>
          What does <span class="step-name">{waits.site}</span> give?
        </legend>
        {waits.then !== null && (
          <button type="button" class="button" title={waits.then} onClick={() => fork.play({ recorded: true })}>
            As recorded
          </button>
        )}
        {waits.choices.map(({ label, deed }) => (
          <button key={label} type="button" class="button" onClick={() => fork.play(deed)}>
            {label}
          </button>
        ))}
        {waits.mayFail && (
          <button type="button" class="button" onClick={() => fork.play({ fails: { name: 'Error', message: 'made to fail in a fork' } })}>
            It fails
          </button>
        )}
      </fieldset>
      <form class="fork-json" onSubmit={submit}>
        <label class="field">
          <span>Or any JSON</span>
          <textarea
            rows={2}
            value={text}
            placeholder={waits.then ?? '{"name": "Ann"}'}
            spellcheck={false}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        {problem !== null && (
          <p class="form-error" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" class="button">
          Give it
        </button>
      </form>
    </div>
  );
}
