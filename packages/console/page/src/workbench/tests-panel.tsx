import { useState } from 'preact/hooks';
import type { ChartView, TestsView, TestView } from '../../../src/views.ts';
import { get, messageOf, url } from '../lib/api.ts';
import { copyText } from '../lib/copy-text.ts';
import { Failure } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icons.tsx';

type ArrowName = Pick<TestsView['arrows'][number], 'from' | 'label' | 'to' | 'when'>;

/** A test that was written, or why none could be. */
interface Written {
  readonly test: TestView | null;
  readonly isCopied: boolean;
  readonly failure: string | null;
}

/** What tests took of a site, and of the arrows that leave it. */
export function useTestsPanel({ flow, arrows: known }: ChartView, tests: TestsView | null, site: string | null) {
  const [written, setWritten] = useState<(Written & { readonly site: string | null }) | null>(null);
  const write = async ({ from, label, to, when }: ArrowName): Promise<void> => {
    try {
      const test = await get<TestView>(url(['flows', flow, 'test'], { from, label, to, when }));
      setWritten({ site, test, isCopied: await copyText(test.code), failure: null });
    } catch (error) {
      setWritten({ site, test: null, isCopied: false, failure: messageOf(error) });
    }
  };
  const wayNote = (to: string) => {
    const covered = tests?.arrows.filter((arrow) => arrow.from === site && arrow.to === to && arrow.when === 'answer') ?? [];
    const ways = covered.length > 0 ? covered : known.filter((arrow) => arrow.from === site && arrow.to === to && arrow.when === 'answer');
    const missing = covered.filter(({ taken }) => !taken);
    const universal = new Set(known.filter((arrow) => arrow.from === site && arrow.universal).map(({ label }) => label));
    // What universal keys do is seldom what a test is for.
    const wanted: readonly ArrowName[] = missing.length > 0 ? missing : ways;
    const [way] = wanted.toSorted((one, other) => Number(universal.has(one.label)) - Number(universal.has(other.label)));
    if (way === undefined) return null;
    const labels = missing.map(({ label }) => label).join(', ');
    return (
      <span class="way-tests">
        {covered.length > 0 && (
          <span class={missing.length > 0 ? 'untested' : 'soft'}>
            {missing.length === 0 ? 'taken by tests' : `no test takes ${labels}`}
          </span>
        )}
        <button type="button" class="button button-small" title={`${way.label} → ${to}`} onClick={() => void write(way)}>
          <Icon name="copy" />
          <span>
            Copy a test that goes this way<span class="hidden">: {`${way.label}, to ${to}`}</span>
          </span>
        </button>
      </span>
    );
  };
  const says = tests?.sites.find(({ name }) => name === site);
  const section = (
    <>
      {says !== undefined && (
        <section>
          <h3>{says.taken ? 'Reached by tests' : 'Reached by no test'}</h3>
          <ul class="tests-list">
            {says.tests.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </section>
      )}
      {written !== null && written.site === site && <WrittenTest {...written} />}
    </>
  );
  return { wayNote, section };
}

function WrittenTest({ test, isCopied, failure }: Written) {
  if (test === null) return <Failure message={failure ?? ''} />;
  return (
    <section class="way-test" aria-label="The test">
      <p role="status">
        {isCopied ? 'Copied. ' : 'Copy it from here. '}Save it beside the flow as <code>{test.fileName}</code>, then run{' '}
        <code>npx vitest run</code>.
      </p>
      {test.notes.map((note) => (
        <p key={note} class="soft">
          {note}
        </p>
      ))}
      <pre class="code" tabIndex={0} role="region" aria-label="Code of the test">
        {test.code}
      </pre>
    </section>
  );
}
