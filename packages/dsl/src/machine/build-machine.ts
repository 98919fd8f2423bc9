import { assign, raise, sendTo, setup, type StateMachine } from 'xstate';
import type { Chart, ChartArrow, ChartSite } from '../chart/chart.ts';
import { standsAt } from '../chart/not-placed.ts';
import { Journal } from '../generator/journal.ts';
import type { Decide, FlowContext } from './decider.ts';
import type { FlowMachineEvent } from './events.ts';
import { settingsLogic } from './settings-logic.ts';
import { createStepLogic, type StepAt, type StepInput } from './step-logic.ts';

type Routed = { readonly type: 'xstate.route'; readonly to: string };

/** The XState machine of a flow: one state per site. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- XState's own parameters for actors, actions, guards, …
export type FlowMachine = StateMachine<FlowContext, FlowMachineEvent | Routed, any, any, any, any, any, any, any, any, any, any, any, any>;

const ENDS = ['ended', 'failed', 'closed'] as const;

/** Key of a step's idempotency: the same for every attempt, process and replay. */
export function stepKey(callId: string, journal: Journal): string {
  return `${callId}:${journal.length}`;
}

/** The context before a call. */
export function idleContext(): FlowContext {
  return { call: null, journal: Journal.of(), site: 'idle', decision: null, stepStarted: false };
}

/**
 * Draws a flow's chart as a machine. Each arrow's guard takes it only if the generator really goes there; what is not on the chart is jumped to.
 * It must never decide anything itself: the generator is asked once for each event, and the machine stands where it stands.
 */
export function buildMachine(id: string, chart: Chart, decide: Decide, stepAt: StepAt): FlowMachine {
  const base = setup({
    types: {} as { context: FlowContext; events: FlowMachineEvent | Routed },
    actors: { step: createStepLogic(stepAt), settings: settingsLogic },
    guards: {
      leadsTo: ({ context, event }, { site }: { site: string }) => decide(context, event as FlowMachineEvent).decision.site === site,
      onChart: ({ context, event }) => isOnChart(chart, decide(context, event as FlowMachineEvent).decision.site),
      stepMayAbort: ({ context }) => context.stepStarted && context.decision?.uninterruptible !== true,
      waitsForSettings: ({ context, event }) => decide(context, event as FlowMachineEvent).decision.wait === 'settings',
      waitsForStep: ({ context, event }) => decide(context, event as FlowMachineEvent).decision.wait === 'step',
      waitsForSignal: ({ context, event }) => decide(context, event as FlowMachineEvent).decision.wait === 'signal',
    },
    actions: {
      advance: assign(({ context, event }): FlowContext => {
        const { call, journal, decision } = decide(context, event as FlowMachineEvent);
        return { call, journal, decision, site: decision.site, stepStarted: true };
      }),
      jump: raise(({ context, event }): Routed => ({
        type: 'xstate.route',
        to: `#${decide(context, event as FlowMachineEvent).decision.site}`,
      })),
      abortStep: sendTo('step', { type: 'ABORT' }),
    },
  });
  type Config = Parameters<typeof base.createMachine>[0];
  type Node = NonNullable<Config['states']>[string];

  const arrowsTo = (sites: Iterable<readonly [site: string, labels: string]>): Node['always'] => [
    ...[...sites].map(([site, labels]) => ({
      description: labels,
      target: `#${site}`,
      guard: { type: 'leadsTo' as const, params: { site } },
      actions: 'advance' as const,
      // Without it an arrow from a step's site to itself would not start the step again, and the call would hang.
      reenter: true,
    })),
    { description: 'not on the chart', guard: 'onChart' as const, actions: ['jump' as const, 'advance' as const] },
    { target: '#uncharted.stepping', guard: 'waitsForStep' as const, actions: 'advance' as const, reenter: true },
    { target: '#uncharted.signaling', guard: 'waitsForSignal' as const, actions: 'advance' as const, reenter: true },
    { target: '#uncharted.reading', guard: 'waitsForSettings' as const, actions: 'advance' as const, reenter: true },
    { target: '#uncharted.awaiting', actions: 'advance' as const, reenter: true },
  ];
  const invoke = {
    id: 'step',
    src: 'step' as const,
    input: ({ context }: { context: FlowContext }): StepInput => ({
      effect: context.decision?.effect?.kind === 'step' ? context.decision.effect : null,
      call: context.call,
      journal: context.journal,
      idempotencyKey: stepKey(context.call?.id ?? '', context.journal),
      at: context.journal.entry?.at ?? context.call?.startedAt ?? 0,
    }),
  };
  const stepping = (answered: Arrows) => ({
    invoke,
    on: {
      STEP_SETTLED: arrowsTo(answered),
      SESSION_ENDED: [
        { guard: 'stepMayAbort' as const, actions: ['advance' as const, 'abortStep' as const] },
        { actions: 'advance' as const },
      ],
    },
  });
  const awaiting = (answered: Arrows, ended: Arrows) => ({ on: { ACTION_COMPLETED: arrowsTo(answered), SESSION_ENDED: arrowsTo(ended) } });
  const reading = (answered: Arrows) => ({
    invoke: {
      id: 'settings',
      src: 'settings' as const,
      input: ({ context }: { context: FlowContext }) => ({ at: context.journal.entry?.at ?? context.call?.startedAt ?? 0 }),
    },
    on: { SETTINGS_READ: arrowsTo(answered), SESSION_ENDED: arrowsTo([]) },
  });

  const signaling = (answered: Arrows, ended: Arrows) => ({
    on: { SIGNAL_RECEIVED: arrowsTo(answered), SIGNAL_TIMED_OUT: arrowsTo(answered), SESSION_ENDED: arrowsTo(ended) },
  });

  const siteNode = (site: ChartSite): Node => {
    const leaving = chart.arrowsFrom(site.name);
    const answered = merged(leaving.filter(({ when }) => site.wait !== 'platform' || when === 'answer'));
    const node = {
      id: site.name,
      route: {},
      description: site.prompts.join(' / '),
      tags: [site.wait, site.kind],
      meta: { kind: site.kind, answers: [...site.answers] },
    };
    if (site.wait === 'step') return { ...node, ...stepping(answered) } as Node;
    if (site.wait === 'settings') return { ...node, ...reading(answered) } as Node;
    const ended = merged(leaving.filter(({ when }) => when === 'ended'));
    return { ...node, ...(site.wait === 'signal' ? signaling(answered, ended) : awaiting(answered, ended)) } as Node;
  };

  const afterEnd = merged(chart.arrowsFrom('ended'));
  const states: Record<string, Node> = {
    idle: { on: { CALL_STARTED: arrowsTo(merged(chart.arrowsFrom('idle'))) } },
    ...Object.fromEntries([...chart.sites.values()].map((site) => [site.name, siteNode(site)])),
    uncharted: {
      id: 'uncharted',
      initial: 'awaiting',
      states: {
        awaiting: { tags: ['platform'], ...awaiting([], []) } as Node,
        stepping: { tags: ['step'], ...stepping([]) } as Node,
        signaling: { tags: ['signal'], ...signaling([], []) } as Node,
        reading: { tags: ['settings'], ...reading([]) } as Node,
      },
    },
    // Not final: the platform still sends a summary of the session.
    ended: { id: 'ended', route: {}, tags: ['ended'], on: { SESSION_ENDED: arrowsTo(afterEnd) } },
    failed: { id: 'failed', route: {}, tags: ['failed'], on: { SESSION_ENDED: arrowsTo([['closed', '']]) } },
    closed: { id: 'closed', route: {}, tags: ['closed'] },
  };
  const machine = base.createMachine({
    id,
    initial: 'idle',
    context: idleContext(),
    states,
  } as Config);
  return machine as unknown as FlowMachine;
}

type Arrows = Iterable<readonly [site: string, labels: string]>;

/** One arrow per target, carrying all labels that lead there. */
function merged(arrows: readonly ChartArrow[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string[]>();
  for (const { to: end, label } of arrows) {
    const to = standsAt(end);
    const known = labels.get(to);
    if (known === undefined) labels.set(to, [label]);
    else if (!known.includes(label)) known.push(label);
  }
  return new Map([...labels].map(([to, all]) => [to, all.filter(Boolean).join(', ')]));
}

function isOnChart(chart: Chart, site: string): boolean {
  return chart.sites.has(site) || (ENDS as readonly string[]).includes(site);
}
