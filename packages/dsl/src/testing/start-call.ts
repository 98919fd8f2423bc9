import { FlowDefinitionError } from '../errors/index.ts';
import { isFlow } from '../flow/define-flow.ts';
import type { FlowModule, FlowResult } from '../flow/flow-options.ts';
import { CallDriver, compiledOnce } from './call-driver.ts';
import { callOf, settingsOf, type StartCallOptions } from './call-options.ts';
import { CallPlayer } from './call-player.ts';
import { DEFAULT_CAPTURE_BEHAVIOUR } from './capture-behaviour.ts';
import { stubDesk } from './step-stubs.ts';
import { TestCall } from './test-call.ts';

/**
 * Calls a flow and resolves when it has given its first answer.
 *
 * ```ts
 * const call = await startCall(support, { steps: { 'find-customer': { name: 'Ann' } } });
 * await call.press('12345678#');
 * expect(call).toHear('Hello Ann');
 * ```
 *
 * @throws CallOptionError for options that no call could have; and what the flow's first turn throws, see `TestCall`.
 */
export async function startCall<P, R>(flow: FlowModule<P, R>, options: StartCallOptions<P> = {}): Promise<TestCall<FlowResult<R>>> {
  const subject = flow as unknown as FlowModule;
  if (!isFlow(subject)) {
    throw new FlowDefinitionError('startCall: expected what defineFlow returns. Write: await startCall(flow, { steps: { … } }).');
  }
  const compiled = compiledOnce(subject);
  const call = await callOf(flow, options);
  const values = settingsOf(flow, options.settings);
  const player = new CallPlayer({
    driver: new CallDriver(subject, call, options.mode ?? 'live', compiled, 'test', () => ({ values })),
    desk: stubDesk(flow.name, options.steps ?? {}),
    behaviour: { ...DEFAULT_CAPTURE_BEHAVIOUR, ...options.platform },
  });
  await player.begin();
  return new TestCall(player, [...compiled.chart.sites.keys()]);
}
