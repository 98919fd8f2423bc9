import { useEffect, useRef, useState } from 'preact/hooks';
import type { ForkView } from '../../../src/fork-views.ts';
import type { TestView } from '../../../src/views.ts';
import { messageOf, post, url } from '../lib/api.ts';
import { spokenTime } from '../lib/call-time.ts';
import { type PlayedFork, useFork } from '../lib/fork.ts';
import { href, route } from '../lib/route.ts';
import { Failure } from '../parts/empty-state.tsx';
import { ForkPhone } from '../parts/fork-phone.tsx';
import { ForkTurns } from '../parts/fork-turns.tsx';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icons.tsx';
import { copyText, MadeTest } from '../parts/made-test.tsx';

/** A call that happened, played on from one of its turns. */
export function ForkPage({ id }: { readonly id: string }) {
  const { query } = route.value;
  const turn = Math.max(0, Math.trunc(Number(query.get('turn') ?? 0))) || 0;
  return <Fork key={`${id} ${turn}`} id={id} turn={turn} version={query.get('version')} askSteps={query.get('steps') === 'ask'} />;
}

interface ForkProps {
  readonly id: string;
  readonly turn: number;
  readonly version: string | null;
  readonly askSteps: boolean;
}

function Fork(props: ForkProps) {
  const { id, turn } = props;
  const fork = useFork(props);
  const made = useTest(id, fork);
  const { view, error } = fork;
  const title = `Fork of a call at turn ${turn}`;
  return (
    <main class="page fork-page">
      {view?.isStored !== false && (
        <a class="back" href={href('calls', [id])}>
          <Icon name="back" />
          <span>The call as it was</span>
        </a>
      )}
      <div class="fork-title">
        <Heading title={title}>{view === null ? title : `${view.call.flow}, from turn ${turn}`}</Heading>
        <p class="soft">Played by the code alone: no step runs, nobody is called, and nothing is kept. Steps get what was recorded.</p>
      </div>
      {view === null ? (
        error === null ? (
          <p class="soft">Loading …</p>
        ) : (
          <Failure message={error} />
        )
      ) : (
        <>
          <Choices view={view} {...props} />
          {view.notes.map((note) => (
            <p key={note} class="notice">
              {note}
            </p>
          ))}
          <div class="fork-area">
            <section class="fork-talk" aria-label="Heard then and now">
              <ForkTurns view={view} />
            </section>
            <section class="fork-phone" aria-label="Phone" tabIndex={-1}>
              <p class="fork-clock">
                Clock of the call: <time dateTime={view.now}>{spokenTime(view.now)}</time>
              </p>
              <ForkPhone view={view} fork={fork} />
              {error !== null && <Failure message={error} />}
              <Tools fork={fork} made={made} />
            </section>
          </div>
          {made.failure !== null && <Failure message={made.failure} />}
          {made.test !== null && <MadeTest test={made.test} copied={made.copied} onCopied={made.setCopied} onClose={made.close} />}
        </>
      )}
    </main>
  );
}

function Choices({ view, id, turn, version, askSteps }: ForkProps & { readonly view: ForkView }) {
  const go = (change: { readonly turn?: number; readonly version?: string; readonly steps?: boolean }): void => {
    const steps = change.steps ?? askSteps;
    location.replace(
      href('fork', [id], {
        turn: String(change.turn ?? turn),
        version: change.version ?? version ?? undefined,
        ...(steps ? { steps: 'ask' } : {}),
      }),
    );
  };
  return (
    <form class="fork-choices" aria-label="What is played" onSubmit={(event) => event.preventDefault()}>
      <label class="field">
        <span>From turn</span>
        <select value={String(turn)} onChange={({ currentTarget }) => go({ turn: Number(currentTarget.value) })}>
          {view.recordedTurns.map((one) => (
            <option key={one} value={String(one)}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Version</span>
        <select value={view.version} onChange={({ currentTarget }) => go({ version: currentTarget.value })}>
          {view.versions.map((one) => (
            <option key={one} value={one}>
              {one === view.call.flowVersion ? `${one}, as then` : one}
            </option>
          ))}
        </select>
      </label>
      <label class="check">
        <input type="checkbox" checked={askSteps} onChange={({ currentTarget }) => go({ steps: currentTarget.checked })} />
        <span>Ask me what later steps give</span>
      </label>
    </form>
  );
}

/** The fork as a test; another fork is another test. */
function useTest(id: string, { deeds, order }: PlayedFork) {
  const [test, setTest] = useState<TestView | null>(null);
  const [copied, setCopied] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const maker = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    setTest(null);
    setFailure(null);
  }, [deeds]);
  const save = async (): Promise<void> => {
    setFailure(null);
    try {
      const made = await post<TestView>(url(['calls', id, 'fork', 'test']), order);
      setTest(made);
      setCopied(await copyText(made.code));
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  const close = (): void => {
    maker.current?.focus();
    setTest(null);
  };
  return { test, copied, setCopied, failure, maker, save, close };
}

function Tools({ fork, made }: { readonly fork: PlayedFork; readonly made: ReturnType<typeof useTest> }) {
  const none = fork.deeds.length === 0;
  return (
    <div class="actions">
      <button type="button" class="button" aria-disabled={none} onClick={() => !none && fork.takeBack()}>
        Take back
      </button>
      <button type="button" class="button" aria-disabled={none} onClick={() => !none && fork.startAgain()}>
        Start again
      </button>
      <button ref={made.maker} type="button" class="button" onClick={() => void made.save()}>
        <Icon name="copy" />
        <span>Save as test</span>
      </button>
    </div>
  );
}
