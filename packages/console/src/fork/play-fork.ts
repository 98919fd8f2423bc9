import type { FlowModule, JournalFile, RecordedCall } from '@hookswitch/dsl';
import { type Deed, type Fork, forkCall, placeOfTurn, turnsOfJournal } from '@hookswitch/dsl/inside/fork';
import { ForkError } from '../errors/fork-error.ts';
import type { ForkView } from '../fork-views.ts';
import type { TestView } from '../views.ts';
import { forkMask } from './fork-mask.ts';
import { viewFork } from './view-fork.ts';

/** A recorded call, and the code on which it can be played. */
export interface Forked {
  readonly recorded: RecordedCall;
  /** As lists show it. */
  readonly call: ForkView['call'];
  /** It is in the store of the server; else it comes from a file. */
  readonly isStored: boolean;
  /** The versions of its flow that there are, oldest first. */
  readonly flows: readonly FlowModule[];
  readonly showNumbers: boolean;
}

/** Which fork. */
export interface ForkOrder {
  readonly turn: number;
  readonly version?: string | undefined;
  readonly deeds: readonly Deed[];
  readonly askSteps: boolean;
}

interface Played {
  readonly flow: FlowModule;
  readonly fork: Fork;
  readonly until: number;
}

/** Plays a fork and shows it. Throws `ForkError` where there is no such turn, or no such version. */
export function playFork(forked: Forked, order: ForkOrder): ForkView {
  const { recorded, call, flows, isStored } = forked;
  const { flow, fork, until } = play(forked, order);
  const version = flow.options.version;
  const turns = turnsOfJournal(recorded);
  return {
    ...viewFork(fork, flow, forkMask(showsNumbers(forked))),
    call,
    isStored,
    version,
    versions: flows.map(({ options }) => options.version),
    turn: order.turn,
    recordedTurns: turns.map(({ turn }) => turn),
    wanted: until,
    notes: version === call.flowVersion ? [] : [noteOn(forked, version)],
  };
}

/** The fork as a test. Throws as `playFork` does. */
export async function writeForkTest(forked: Forked, order: ForkOrder, file: string | null): Promise<TestView> {
  const { flow, fork } = play(forked, order);
  // The test toolkit is loaded when somebody asks for a test.
  const { heardIn, writeTest } = await import('../test-script/index.ts');
  const { recorded } = forked;
  return writeTest({ flow, call: recorded.call, answers: fork.entries.map(heardIn), showNumbers: showsNumbers(forked), file }, [
    `Made from turn ${order.turn} of a call that happened.`,
  ]);
}

function play({ recorded, call, flows }: Forked, { turn, version, deeds, askSteps }: ForkOrder): Played {
  const known = flows.map(({ options }) => options.version);
  const flow = version === undefined ? flows.at(-1) : flows.find(({ options }) => options.version === version);
  if (flow === undefined)
    throw new ForkError(
      'version',
      flows.length === 0
        ? `The flow "${call.flow}" is not here any more, in no version: without it the call can not be played.`
        : `Version "${version}" of "${call.flow}" is not served. There is: ${known.join(', ')}. Leave the version out for the newest.`,
    );
  const until = placeOfTurn(recorded, turn);
  if (until === null) {
    const turns = turnsOfJournal(recorded).map((one) => one.turn);
    throw new ForkError('turn', `The call has no turn ${turn}. It has turns ${turns[0] ?? 0} to ${turns.at(-1) ?? 0}.`);
  }
  return { flow, until, fork: forkCall(flow, recorded, { until, deeds, askSteps }) };
}

/** What was masked when it was recorded is masked now, so that both are alike. */
function showsNumbers({ recorded, showNumbers }: Forked): boolean {
  return showNumbers && !JSON.stringify([recorded.heard ?? [], recorded.call]).includes('••••');
}

/** A recorded call of a file. */
export function recordedAs(id: string, recorded: JournalFile): Pick<Forked, 'recorded' | 'call' | 'isStored'> {
  const { flow, flowVersion, call } = recorded;
  const { from, to, direction, startedAt } = call;
  return { recorded, isStored: false, call: { id, flow, flowVersion, from, to, direction, startedAt: new Date(startedAt).toISOString() } };
}

function noteOn({ call, flows }: Forked, version: string): string {
  const isThere = flows.some(({ options }) => options.version === call.flowVersion);
  return isThere
    ? `The call was made by version ${call.flowVersion}; this is version ${version}.`
    : `Version ${call.flowVersion}, which made the call, is not here any more: this is version ${version}. Where it goes another way, that is said at its place.`;
}
