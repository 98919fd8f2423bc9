import { useEffect, useRef, useState } from 'preact/hooks';
import type { CallReport, CallView, TestView } from '../../../src/views.ts';
import { get, messageOf, request, url } from '../lib/api.ts';
import { endedByText } from '../lib/ended-by.ts';
import { duration, elapsed, fullTime } from '../lib/format.ts';
import { href, listAddress } from '../lib/route.ts';
import { siteOf } from '../lib/site.ts';
import { changed, epoch, info, isDev } from '../lib/state.ts';
import { sitesOf, turnTimes } from '../lib/turn-times.ts';
import { useServerTime } from '../lib/time.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { CallAudit } from '../parts/call-audit.tsx';
import { CallPath } from '../parts/call-path.tsx';
import { Failure } from '../parts/empty-state.tsx';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icons.tsx';
import { copyText, MadeTest, saveAs } from '../parts/made-test.tsx';
import { SignalForm } from '../parts/signal-form.tsx';
import { Status } from '../parts/status.tsx';
import { Timeline } from '../parts/timeline.tsx';

/** Status webhooks come a moment after the last turn, and change nothing else: one more look, ms. */
const ONE_MORE = 1_000;

export function CallPage({ id }: { readonly id: string }) {
  const newest = changed.value.get(id);
  const [look, setLook] = useState(0);
  const { value, error, isRefused } = useLoaded((signal) => get<CallReport>(url(['calls', id]), signal), [id, epoch.value], {
    news: look,
  });
  useEffect(() => {
    const again = (): void => setLook((before) => before + 1);
    again();
    const timer = setTimeout(again, ONE_MORE);
    return () => clearTimeout(timer);
  }, [newest]);
  const [showStatus, setShowStatus] = useState(false);
  const back = (
    <a class="back" href={listAddress.value}>
      <Icon name="back" />
      <span>All calls</span>
    </a>
  );
  if (value === null || isRefused)
    return (
      <main class="page call-page">
        {back}
        <Heading title={isRefused ? 'No such call' : 'Call'} />
        {error === null ? <p class="soft">Loading …</p> : <Failure message={error} />}
      </main>
    );
  const call = newest ?? value.call;
  const times = turnTimes(value.timeline, call.endedAt === null ? null : Date.parse(call.endedAt));
  const sites = sitesOf(value.timeline, siteOf(call));
  const mayFork = info.value?.role !== 'read';
  const statuses = value.timeline.filter(({ kind }) => kind === 'status').length;
  const lines = showStatus ? value.timeline : value.timeline.filter(({ kind }) => kind !== 'status');
  return (
    <main class="page call-page">
      {back}
      <Head call={call} />
      {error !== null && <Failure message={error} />}
      {call.error !== null && <Failure message={`${call.error.code}: ${call.error.message || 'see below'}`} />}
      <SignalForm call={call} />
      <Actions call={call} />
      {info.value?.role === 'admin' && !isDev.value && <CallAudit id={id} news={call.status} />}
      <div class="call-area">
        <section class="call-told" aria-label="What happened">
          <div class="timeline-head">
            <h2>What happened</h2>
            {statuses > 0 && (
              <label class="check">
                <input type="checkbox" checked={showStatus} onChange={({ currentTarget }) => setShowStatus(currentTarget.checked)} />
                <span>Status webhooks ({statuses})</span>
              </label>
            )}
          </div>
          <Timeline
            times={times}
            lines={lines}
            startedAt={Date.parse(call.startedAt)}
            forkAt={mayFork ? (turn) => href('fork', [id], { turn: String(turn) }) : null}
          />
        </section>
        <section class="call-path" aria-label="The way it took">
          <h2>The way it took</h2>
          <CallPath call={call} sites={sites} />
        </section>
      </div>
    </main>
  );
}

function Head({ call }: { readonly call: CallView }) {
  const started = Date.parse(call.startedAt);
  const ended = call.endedAt === null ? null : Date.parse(call.endedAt);
  const since = call.siteSince === null ? null : Date.parse(call.siteSince);
  const site = siteOf(call);
  const by = endedByText(call);
  const now = useServerTime(ended === null);
  return (
    <>
      <div class="call-head">
        <Heading title={`Call of ${call.from ?? 'somebody'} to ${call.to}`}>
          <span class="number">{call.from ?? 'withheld'}</span>{' '}
          <span class="soft">
            <span aria-hidden="true">→</span>
            <span class="hidden">to</span>
          </span>{' '}
          <span class="number">{call.to}</span>
        </Heading>
        <Status call={call} />
      </div>
      <dl class="facts">
        <div>
          <dt>Flow</dt>
          <dd>
            <a href={href('diagram', [call.flow], { site: site ?? undefined })}>{call.flow}</a>
            <span class="soft"> version {call.flowVersion}</span>
          </dd>
        </div>
        <div>
          <dt>{ended === null ? 'Site' : 'Ended at'}</dt>
          <dd>
            {site ?? 'no site'}
            {ended === null && site !== null && since !== null && <span class="soft"> for {elapsed(now - since)}</span>}
          </dd>
        </div>
        {by !== '' && (
          <div>
            <dt>End</dt>
            <dd>{by}</dd>
          </div>
        )}
        <div>
          <dt>Direction</dt>
          <dd>{call.direction}</dd>
        </div>
        <div>
          <dt>Started</dt>
          <dd>{fullTime(started)}</dd>
        </div>
        <div>
          <dt>Duration</dt>
          <dd>{ended === null ? `${elapsed(now - started)} so far` : duration(Math.max(0, ended - started))}</dd>
        </div>
        <div>
          <dt>Session</dt>
          <dd class="mono">{call.sessionId ?? 'none yet'}</dd>
        </div>
        {Object.entries(call.tags).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {/* What is masked or hidden finds nothing. */}
              {String(value).includes('•') ? (
                value
              ) : (
                <a href={href('calls', [], { tag: `${name}=${value}` })} title={`All calls with ${name}=${value}`}>
                  {value}
                </a>
              )}
            </dd>
          </div>
        ))}
        {call.result !== null && (
          <div class="fact-result">
            <dt>Result</dt>
            <dd class="mono">{JSON.stringify(call.result)}</dd>
          </div>
        )}
      </dl>
    </>
  );
}

function Actions({ call }: { readonly call: CallView }) {
  const [test, setTest] = useState<TestView | null>(null);
  const [copied, setCopied] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const maker = useRef<HTMLButtonElement>(null);
  const makeTest = async (): Promise<void> => {
    setFailure(null);
    try {
      const made = await get<TestView>(url(['calls', call.id, 'test']));
      setTest(made);
      setCopied(await copyText(made.code));
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  const download = async (): Promise<void> => {
    setFailure(null);
    try {
      const response = await request(url(['calls', call.id, 'journal']));
      saveAs(await response.blob(), `journal-${call.id}.json`);
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  return (
    <>
      <div class="actions">
        <button ref={maker} type="button" class="button" onClick={() => void makeTest()}>
          <Icon name="copy" />
          <span>Copy as test</span>
        </button>
        <button type="button" class="button" onClick={() => void download()}>
          <Icon name="download" />
          <span>Download journal</span>
        </button>
      </div>
      {failure !== null && <Failure message={failure} />}
      {test !== null && (
        <MadeTest
          test={test}
          copied={copied}
          onCopied={setCopied}
          onClose={() => {
            maker.current?.focus();
            setTest(null);
          }}
        />
      )}
    </>
  );
}
