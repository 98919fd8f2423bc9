import { describe, expect, it } from 'vitest';
import { OTHER } from './live-calls.ts';
import { createMetrics, type Metrics } from './telemetry.ts';

/** The lines of one metric, without help. */
const linesOf = async (metrics: Metrics, name: string) =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(`hookswitch_${name}`));

describe('what is counted', () => {
  it.each([
    ['webhooks_total{kind="vca",outcome="answered"} 1', (metrics: Metrics) => metrics.webhook('vca', 'answered')],
    ['holds_total{flow="support"} 1', (metrics: Metrics) => metrics.hold('support')],
    ['fallbacks_total{reason="store"} 1', (metrics: Metrics) => metrics.fallback('store')],
    ['duplicates_total{kind="vss"} 1', (metrics: Metrics) => metrics.duplicate('vss')],
    ['divergences_total{flow="support"} 1', (metrics: Metrics) => metrics.divergence('support')],
    ['per_action_suspected_total{flow="support"} 1', (metrics: Metrics) => metrics.perActionSuspected('support')],
    [
      'calls_tagged_total{flow="support",tag="reason",value="billing"} 1',
      (metrics: Metrics) => metrics.tagged('support', 'reason', 'billing'),
    ],
    ['outbound_calls_total{result="created"} 1', (metrics: Metrics) => metrics.outbound('created')],
    ['store_errors_total{operation="commit"} 1', (metrics: Metrics) => metrics.storeError('commit')],
    ['turn_seconds_bucket{le="0.005",outcome="answered"} 1', (metrics: Metrics) => metrics.turn('answered', 5)],
    ['turn_seconds_sum{outcome="answered"} 0.005', (metrics: Metrics) => metrics.turn('answered', 5)],
    ['step_seconds_sum{step="find",outcome="ok"} 1.5', (metrics: Metrics) => metrics.step('find', 'ok', 1_500)],
  ])('%s', async (line, count) => {
    const metrics = createMetrics();
    count(metrics);
    expect(await metrics.text()).toContain(`hookswitch_${line}`);
  });

  it('lines that the log did not take are counted at each scrape', async () => {
    let dropped = 2;
    const metrics = createMetrics({ droppedLogLines: () => dropped });
    expect(await linesOf(metrics, 'dropped_log_lines')).toEqual(['hookswitch_dropped_log_lines_total 2']);
    dropped = 5;
    expect(await linesOf(metrics, 'dropped_log_lines')).toEqual(['hookswitch_dropped_log_lines_total 5']);
  });

  it('a time that is none is not observed, a clock that ran back is no time', async () => {
    const metrics = createMetrics();
    metrics.turn('answered', Number.NaN);
    metrics.turn('answered', -5);
    expect(await linesOf(metrics, 'turn_seconds_count')).toEqual(['hookswitch_turn_seconds_count{outcome="answered"} 1']);
    expect(await linesOf(metrics, 'turn_seconds_sum')).toEqual(['hookswitch_turn_seconds_sum{outcome="answered"} 0']);
  });
});

describe('labels', () => {
  it('are bounded: what comes late is counted together', async () => {
    const metrics = createMetrics({ labelValues: 2 });
    for (const reason of ['a', 'b', 'c', 'd', 'a']) metrics.fallback(reason);
    const lines = ['{reason="a"} 2', '{reason="b"} 1', `{reason="${OTHER}"} 2`].map((line) => `hookswitch_fallbacks_total${line}`);
    expect(await linesOf(metrics, 'fallbacks_total')).toEqual(lines);
  });

  it('are no longer than a name', async () => {
    const metrics = createMetrics();
    metrics.fallback('x'.repeat(10_000));
    expect((await metrics.text()).length).toBeLessThan(5_000);
  });
});

describe('live calls', () => {
  it('are asked for at each scrape, versions of a flow added up', async () => {
    let calls = [
      { flow: 'support', site: 'main', count: 2 },
      { flow: 'support', site: 'main', count: 3 },
    ];
    const metrics = createMetrics({ liveCalls: () => calls });
    expect(await linesOf(metrics, 'live_calls')).toEqual(['hookswitch_live_calls{flow="support",site="main"} 5']);
    calls = [{ flow: 'support', site: 'pin', count: 1 }];
    expect(await linesOf(metrics, 'live_calls')).toEqual(['hookswitch_live_calls{flow="support",site="pin"} 1']);
  });

  it('are empty, and an error of the store, where they can not be had', async () => {
    const metrics = createMetrics({ liveCalls: () => Promise.reject(new TypeError('gone')) });
    const text = await metrics.text();
    expect(text).not.toContain('hookswitch_live_calls{');
    expect(await linesOf(metrics, 'store_errors_total')).toEqual(['hookswitch_store_errors_total{operation="live-counts"} 1']);
  });

  it('are empty where the store does not answer in time', async () => {
    const metrics = createMetrics({ liveCalls: () => new Promise(() => undefined), liveCallsTimeout: 1 });
    expect(await metrics.text()).not.toContain('hookswitch_live_calls{');
  });

  it('are bounded, the largest first', async () => {
    const liveCalls = () => [1, 9, 2, 8].map((count) => ({ flow: 'support', site: `s${count}`, count }));
    const lines = await linesOf(createMetrics({ liveCalls, labelValues: 2 }), 'live_calls');
    expect(lines.map((line) => line.replace(/^.*site=/, ''))).toEqual(['"s9"} 9', '"s8"} 8', `"${OTHER}"} 3`]);
  });
});

describe('several servers in one process', () => {
  it('count apart', async () => {
    const [one, two] = [createMetrics(), createMetrics()];
    one.hold('support');
    expect(await linesOf(one, 'holds_total')).toHaveLength(1);
    expect(await linesOf(two, 'holds_total')).toHaveLength(0);
  });

  it('say nothing of the process but where it is wanted', async () => {
    expect(await createMetrics().text()).not.toContain('process_cpu');
    expect(await createMetrics({ process: true }).text()).toContain('process_cpu');
  });
});
