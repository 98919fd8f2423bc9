import { arrowTitle } from '../chart/arrow-title.ts';
import type { ChartArrow } from '../chart/chart.ts';
import { NOT_PLACED, standsAt } from '../chart/not-placed.ts';
import type { BridgeResult } from '../effects/bridge.ts';
import type { SignalResult, WaitFor } from '../effects/wait-for.ts';
import { StepFailedError } from '../errors/index.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import type { AnySettingValues } from '../flow/settings.ts';
import type { Entry } from '../generator/journal.ts';
import type { StepOutcome } from '../generator/perform-step.ts';
import type { CompiledFlow } from '../machine/compile.ts';
import { CallDriver, type SettingsDesk } from './call-driver.ts';
import { CallPlayer } from './call-player.ts';
import { type CaptureBehaviour, DEFAULT_CAPTURE_BEHAVIOUR } from './capture-behaviour.ts';
import { FlowFailedError } from './errors/flow-failed-error.ts';
import { PathError } from './errors/path-error.ts';
import { keysFor } from './keys-for.ts';
import type { Mode } from './modes.ts';
import { signalSentFor } from './signals.ts';
import type { StepDesk } from './step-stubs.ts';

/** How a path is walked. */
export interface WalkOptions {
  /** @default 'replayed': at each turn the generator, replayed from scratch, must agree with the machine */
  readonly mode?: Mode;
  /** @default DEFAULT_CAPTURE_BEHAVIOUR */
  readonly platform?: Partial<CaptureBehaviour>;
}

/**
 * Calls a flow, goes by phone along the shortest path to where `arrow` begins, and takes it; gives back the transcript.
 * Throws `PathError` where a phone can't do that or the flow goes elsewhere, `ReplayDiffersError` where machine and generator disagree,
 * `CallflowRefusedError` where 8x8 would refuse a callflow on the way, and `FlowFailedError` where the flow throws anything but a step's failure.
 */
export async function walkPath(compiled: CompiledFlow, arrow: ChartArrow, options: WalkOptions = {}): Promise<string> {
  const { call, entries } = arrow.witness;
  const subject = compiled.flow as unknown as FlowModule;
  const driver = new CallDriver(subject, call, options.mode ?? 'replayed', compiled, 'every-path', scriptedSettings(entries));
  const player = new CallPlayer({
    driver,
    desk: scriptedDesk(entries, driver),
    behaviour: { ...DEFAULT_CAPTURE_BEHAVIOUR, ...options.platform },
    times: (index) => entries[index]?.at,
  });
  await tolerateFailedStep(() => player.begin());
  while (player.position.journal.length < entries.length) {
    const reached = player.position.journal.length;
    const entry = entries[reached] as Entry;
    expectSite(arrow, player, entry.site, player.position.site);
    await tolerateFailedStep(() => deliver(arrow, player, entry));
    if (player.position.journal.length === reached) throw stuck(arrow, player);
  }
  expectSite(arrow, player, standsAt(arrow.to), driver.sites[entries.length] ?? 'nowhere');
  if (arrow.to === NOT_PLACED && !player.declined) throw placed(arrow, player);
  return player.transcript.toString();
}

async function deliver(arrow: ChartArrow, player: CallPlayer, entry: Entry): Promise<void> {
  const value = 'value' in entry ? entry.value : undefined;
  if ('ended' in entry) return player.sessionEnds(value as BridgeResult | undefined);
  if (player.position.effect?.kind === 'bridge') return player.bridgeEnds(value as BridgeResult);
  if (player.position.effect?.kind === 'waitFor') return deliverSignal(player, player.position.effect, value);
  if (player.capture === null) throw stuck(arrow, player);
  if (value === null) return player.keepQuiet();
  const presses = keysFor(player.capture, String(value));
  if (presses === null) throw undeliverable(arrow, player);
  for (const keys of presses) await player.press(keys);
}

/** Sends the example that has become this value, or waits until none has come. */
async function deliverSignal(player: CallPlayer, effect: WaitFor, value: unknown): Promise<void> {
  const result = value as SignalResult<unknown>;
  if (!result.arrived) return player.timeOut();
  await player.signal(effect.name, signalSentFor(effect, result.value));
}

/** Reads settings as the journal of the path says; behind its end as they are declared. */
function scriptedSettings(entries: readonly Entry[]): SettingsDesk {
  return ({ journal, site }) => {
    const entry = entries[journal.length];
    const isRead = entry?.site === site && 'value' in entry;
    return { values: isRead ? (entry.value as AnySettingValues) : {}, at: entry?.at };
  };
}

/** Answers steps as the journal of the path says; stops where the path ends, or where the call has left it. */
function scriptedDesk(entries: readonly Entry[], driver: CallDriver): StepDesk {
  const next = (): Entry | undefined => {
    const { journal, site } = driver.position;
    const entry = entries[journal.length];
    return entry?.site === site ? entry : undefined;
  };
  return {
    perform: (_, context) => {
      let entry = next();
      if (entry !== undefined && 'ended' in entry) {
        context.hangUp();
        entry = next();
      }
      return Promise.resolve(entry === undefined ? null : outcomeOf(entry));
    },
  };
}

function outcomeOf(entry: Entry): StepOutcome {
  if ('error' in entry) return { ok: false, error: entry.error };
  return 'value' in entry ? { ok: true, value: entry.value } : { ok: true };
}

/** A step that fails for good ends a flow that doesn't catch it; the server speaks its fallback then, and the path is walked all the same. */
async function tolerateFailedStep(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof FlowFailedError && error.cause instanceof StepFailedError)) throw error;
  }
}

function expectSite(arrow: ChartArrow, player: CallPlayer, expected: string, actual: string): void {
  if (actual === expected) return;
  throw new PathError(
    `On the way of "${arrowTitle(arrow)}" the chart says "${expected}", but the call is at "${actual}". ${player.whereToLook()}`,
    player.transcript.toString(),
  );
}

function undeliverable(arrow: ChartArrow, player: CallPlayer): PathError {
  return new PathError(
    `On the way of "${arrowTitle(arrow)}" the capture at "${player.position.site}" would have to give an answer that no keys bring about there: ` +
      'one of its examples is longer than its maxDigits, or has characters that no phone has. Mend the examples.',
    player.transcript.toString(),
  );
}

function placed(arrow: ChartArrow, player: CallPlayer): PathError {
  return new PathError(
    `On the way of "${arrowTitle(arrow)}" the chart says that nobody is called, but the call is placed.`,
    player.transcript.toString(),
  );
}

function stuck(arrow: ChartArrow, player: CallPlayer): PathError {
  return new PathError(
    `The path of "${arrowTitle(arrow)}" can't be walked on from "${player.position.site}".`,
    player.transcript.toString(),
  );
}
