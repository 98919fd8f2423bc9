import { createActor } from 'xstate';
import type { FlowMachine } from './build-machine.ts';
import type { FlowMachineEvent } from './events.ts';

type Snapshot = ReturnType<FlowMachine['resolveState']>;

/**
 * XState's pure `transition` for one machine: where an event leads, with nothing performed. XState's own makes an actor that does nothing for each event, which takes
 * longer than the event; this one is made once, since nothing is ever told to it.
 */
export function createTransition(machine: FlowMachine): (snapshot: Snapshot, event: FlowMachineEvent) => Snapshot {
  const self = createActor(machine);
  const nothing = (): void => undefined;
  const scope: Parameters<FlowMachine['transition']>[2] = {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    ...{ logger: nothing, defer: nothing, emit: nothing, actionExecutor: nothing, stopChild: nothing },
  };
  return (snapshot, event) => machine.transition(snapshot, event, scope) as Snapshot;
}
