import type { Bridge } from '../effects/bridge.ts';
import type { Capture } from '../effects/capture.ts';
import { EffectArgumentError } from '../errors/index.ts';

/** The `clientActionId`s that a flow has given its callflows: two with one id could not be told apart when the platform reports of them. */
export class ActionIds {
  readonly #used = new Set<string>();

  /** Takes note of the effect's id; gives the error to throw into the flow where it was used before in this call. */
  use({ kind, clientActionId }: Capture | Bridge): EffectArgumentError | null {
    if (clientActionId === null) return null;
    if (!this.#used.has(clientActionId)) {
      this.#used.add(clientActionId);
      return null;
    }
    const message = `${kind}: clientActionId ${JSON.stringify(clientActionId)} was sent before in this call. Give each callflow an id of its own, e.g. with the number of the round in it.`;
    return new EffectArgumentError('HS_CLIENT_ACTION_ID_REUSED', message, `${kind}.clientActionId`);
  }
}
