import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CallView, SentSignalView, SignalWaitView } from '../../../src/views.ts';
import { messageOf, post, url } from '../lib/api.ts';
import { duration } from '../lib/format.ts';
import { info } from '../lib/state.ts';
import { useFlow } from '../lib/use-flow.ts';

type Told = { readonly is: 'sent' | 'refused'; readonly message: string } | null;

/** What a call waits for, where that is a signal; whoever may, sends it from here. For any other call, only how the last one was taken. */
export function SignalForm({ call }: { readonly call: CallView }) {
  const { value } = useFlow(call.flow, { version: call.flowVersion });
  const [told, setTold] = useState<Told>(null);
  useEffect(() => setTold(null), [call.id, call.endedAt !== null]);
  const chart = value?.chart;
  const isThisVersion = chart?.flow === call.flow && chart.version === call.flowVersion;
  const wait = call.endedAt !== null || !isThisVersion ? undefined : chart.sites.find(({ name }) => name === call.site)?.signal;
  return (
    <>
      {wait !== undefined && <Waiting key={`${call.id} ${call.site}`} call={call} wait={wait} onTold={setTold} />}
      {told?.is === 'refused' && (
        <p class="form-error" role="alert">
          {told.message}
        </p>
      )}
      {/* Always there: what comes into it is read aloud, also when the wait itself is gone. */}
      <p class={told?.is === 'sent' ? 'soft' : 'hidden'} role="status">
        {told?.is === 'sent' ? told.message : ''}
      </p>
    </>
  );
}

interface WaitingProps {
  readonly call: CallView;
  readonly wait: SignalWaitView;
  readonly onTold: (told: Told) => void;
}

function Waiting({ call, wait, onTold }: WaitingProps) {
  const [text, setText] = useState('');
  const [sending, setSending] = useState(false);
  const place = useRef<HTMLElement>(null);
  const mayAct = info.value?.role === 'operate' || info.value?.role === 'admin';
  const examples = Object.entries(wait.examples);
  useKeptFocus(place);

  const send = async (value: unknown): Promise<void> => {
    setSending(true);
    onTold(null);
    try {
      // The API's own route stands beside the console.
      const path = `../../${url(['calls', call.id, 'signals', wait.name])}`;
      const { outcome } = await post<SentSignalView>(path, value);
      const became = outcome === 'taken' ? 'was taken: the flow goes on' : 'is kept until the flow waits for it';
      onTold({ is: 'sent', message: `The signal ${wait.name} ${became}.` });
    } catch (error) {
      onTold({ is: 'refused', message: messageOf(error) });
    } finally {
      setSending(false);
    }
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return onTold({ is: 'refused', message: `The value is no JSON: ${messageOf(error)}. Write it like {"amount": 5}.` });
    }
    void send(value);
  };

  return (
    <section ref={place} class="signal" aria-label={`Signal ${wait.name}`}>
      <p class="signal-says">
        Waits for the signal <span class="step-name">{wait.name}</span>
        <span class="soft">, {duration(wait.timeout)} at most</span>
      </p>
      {mayAct && (
        <>
          {examples.length > 0 && (
            <fieldset class="party">
              <legend>Send an example</legend>
              {examples.map(([name, value]) => (
                <button
                  key={name}
                  type="button"
                  class="button"
                  title={JSON.stringify(value)}
                  aria-disabled={sending}
                  onClick={() => !sending && void send(value)}
                >
                  {name}
                </button>
              ))}
            </fieldset>
          )}
          <form class="signal-json" onSubmit={submit}>
            <label class="field">
              <span>{examples.length > 0 ? 'Or any JSON' : 'Value (JSON)'}</span>
              <textarea
                rows={2}
                value={text}
                required
                placeholder={JSON.stringify(examples[0]?.[1] ?? null)}
                spellcheck={false}
                onInput={({ currentTarget }) => setText(currentTarget.value)}
              />
            </label>
            <button type="submit" class="button" aria-disabled={sending}>
              Send the signal
            </button>
          </form>
        </>
      )}
    </section>
  );
}

/** When the signal was taken, this place goes, and the focus with it: it moves to what stands around it, not to nowhere. */
function useKeptFocus(place: { readonly current: HTMLElement | null }): void {
  useLayoutEffect(() => {
    const own = place.current;
    const around = own?.closest<HTMLElement>('[tabindex="-1"]') ?? document.querySelector<HTMLElement>('[data-heading]');
    return () => {
      if (own?.contains(document.activeElement) === true) around?.focus({ preventScroll: true });
    };
  }, []);
}
