import { useEffect, useRef } from 'preact/hooks';
import type { ForkAnswerView, ForkTurnView, ForkView, WordPart } from '../../../src/fork-views.ts';
import { textOf } from '../../../src/language.ts';
import { Icon } from './icons.tsx';

const VERDICTS: Readonly<Record<ForkTurnView['verdict'], string>> = {
  alike: 'as then',
  'other words': 'other words',
  elsewhere: 'another site',
  unknown: '',
};
const BY: Readonly<Record<ForkAnswerView['by'], string>> = {
  recorded: 'as then',
  'asked-again': 'keyed in again',
  played: 'you',
  flow: '',
};

/** What was heard then and what is heard now, turn by turn, and what the caller did. */
export function ForkTurns({ view }: { readonly view: ForkView }) {
  const { turns, stray, replayed, error } = view;
  const end = useRef<HTMLDivElement>(null);
  // The newest words are what the phone speaks of; a page that scrolls by itself would move what is read.
  useEffect(() => {
    const list = end.current;
    if (list !== null) list.scrollTop = list.scrollHeight;
  }, [turns.length]);
  return (
    <div ref={end} class="fork-log" role="log" aria-label="What is heard" tabIndex={0}>
      <ol class="fork-turns">
        {turns.map((turn, index) => (
          <li key={index} class={`fork-turn fork-${turn.verdict.replace(' ', '-')}`}>
            <Turn turn={turn} />
          </li>
        ))}
        {stray !== null && (
          <li class="fork-stray">
            <div class="notice notice-warn">
              <p>
                <strong>
                  {replayed === 0 ? 'The recording fits nowhere' : `The recording fits up to answer ${replayed}`}, and no further.
                </strong>{' '}
                {stray.text}
              </p>
              {stray.advice !== null && <p>{stray.advice}</p>}
              <p>From here on you go where the code goes now.</p>
            </div>
          </li>
        )}
        {error !== null && (
          <li>
            <div class="notice notice-bad">The flow throws: {error}</div>
          </li>
        )}
      </ol>
    </div>
  );
}

function Turn({ turn }: { readonly turn: ForkTurnView }) {
  const { site, verdict, thenSite, steps, again, answer } = turn;
  return (
    <>
      {steps.map((step, index) => (
        <p key={index} class={`fork-step${step.failed ? ' fork-failed' : ''}`}>
          <span class="step-name">{step.site}</span> <code>{step.text}</code> <span class="soft">{BY[step.by]}</span>
        </p>
      ))}
      {site !== '' && (
        <div class="fork-head">
          <span class="fork-site">{site}</span>
          {verdict !== 'unknown' && (
            <span class="fork-verdict">
              {VERDICTS[verdict]}
              {verdict === 'elsewhere' && thenSite !== null ? `: ${thenSite} then` : ''}
            </span>
          )}
        </div>
      )}
      <Words turn={turn} />
      {again.length > 0 && (
        <p class="fork-again">
          <span class="soft">Again:</span> {again.join(' ')}
        </p>
      )}
      {answer !== null && (
        <p class={`fork-answer fork-by-${answer.by}`}>
          <Icon name={answer.by === 'recorded' ? 'calls' : 'phone'} size={14} /> <strong>{answer.text}</strong>{' '}
          <span class="soft">{BY[answer.by]}</span>
        </p>
      )}
    </>
  );
}

function Words({ turn }: { readonly turn: ForkTurnView }) {
  const { verdict, voice, then, now, words } = turn;
  const spoken = textOf(voice === '' ? null : voice);
  if (now.length === 0 && (then?.length ?? 0) === 0) return null;
  if (verdict === 'alike' || then === null)
    return (
      <div class="fork-words" {...spoken}>
        {now.map((text, index) => (
          <p key={index}>{text}</p>
        ))}
      </div>
    );
  return (
    <div class="fork-both">
      <Side title="Then" side="then" texts={then} words={words} spoken={spoken} />
      <Side title="Now" side="now" texts={now} words={words} spoken={spoken} />
    </div>
  );
}

interface SideProps {
  readonly title: string;
  readonly side: 'then' | 'now';
  readonly texts: readonly string[];
  readonly words: ForkTurnView['words'];
  readonly spoken: ReturnType<typeof textOf>;
}

/** One side of the two: what only it has is marked. */
function Side({ title, side, texts, words, spoken }: SideProps) {
  const lines: readonly (readonly WordPart[])[] = words ?? texts.map((text) => [{ in: 'both', text }]);
  const shown = lines.map((parts) => parts.filter((part) => part.in === 'both' || part.in === side)).filter((parts) => parts.length > 0);
  return (
    <div class="fork-words">
      <p class="fork-side">{title}</p>
      {shown.length === 0 && <p class="soft">nothing</p>}
      {shown.map((parts, index) => (
        <p key={index} {...spoken}>
          {parts.map((part, place) =>
            part.in === 'both' ? (
              <span key={place}>{part.text}</span>
            ) : side === 'then' ? (
              <del key={place}>{part.text}</del>
            ) : (
              <ins key={place}>{part.text}</ins>
            ),
          )}
        </p>
      ))}
    </div>
  );
}
