import type { Action } from '../callflow/actions.ts';
import type { Bridge, BridgeResult } from '../effects/bridge.ts';
import type { Call } from '../effects/call.ts';
import type { Capture } from '../effects/capture.ts';
import { type CurrentRun, enterRun } from '../effects/current-run.ts';
import type { FlowBody, FlowModule, FlowOptions } from '../effects/define-flow.ts';
import type { Effect } from '../effects/effect.ts';
import type { Log } from '../effects/log.ts';
import type { Step } from '../effects/step.ts';
import { toActions } from '../effects/to-actions.ts';
import { EffectArgumentError, FlowRunawayError, SessionOverError, StepFailedError, YieldError } from '../errors/index.ts';
import { ActionIds } from './action-ids.ts';
import type { Decision, Wait } from './decision.ts';
import { Frames, type Resume } from './frames.ts';
import { frozenCall } from './frozen-call.ts';
import type { Entry } from './journal.ts';
import { copyJson, throughJson } from './json.ts';
import { seededRandom } from './seeded-random.ts';
import { hash, RESERVED_SITES, siteName } from './site-name.ts';

const UNKNOWN_BRIDGE: BridgeResult = { outcome: 'unknown', sipCode: null, duration: null };
/** Thrown out of a pull to say that a `finally` block has yielded while the generator was told to return. */
const REOPEN = new SessionOverError();
const NOTHING: Resume = { how: 'next', value: undefined };

type Primitive = Exclude<Effect, { kind: 'composite' }>;
/** Tells whether the effect makes the flow wait, or how the generator goes on at once. */
type Outcome = 'waits' | Resume;

/**
 * One live generator of a flow: pulls effects until one needs an answer or ends the call.
 * Pure: all that it knows of the world are its call and the entries that it is given.
 */
export class Run implements CurrentRun {
  readonly options: FlowOptions;
  readonly call: Call;
  readonly traced: boolean;
  path: readonly string[] = [];
  branches: readonly string[] = [];
  language: string | null;

  readonly #frames: Frames;
  #voice: string | null = null;
  #at: number;
  #random: (() => number) | null = null;
  #actions: Action[] = [];
  readonly #actionIds = new ActionIds();
  #logs: Log[] = [];
  #ending = false;
  /** What the flow threw before the session ended. */
  #failure: unknown = null;
  /** The session ended while a step or bridge was open: its outcome is delivered, and the next yield is not performed. */
  #closeNext = false;
  #turns = 0;
  /** Counted anew once the session has ended: what tidies up has a bound of its own, so that a flow that ran away still tidies up. */
  #entries = 0;
  #lastSite = 'idle';
  #decision: Decision | null = null;

  readonly #flow: FlowModule;
  readonly #body: FlowBody;
  readonly #startedAt: number;
  /** How the generator is ended: see `#close`. */
  readonly #endsBy: 'return' | 'throw';
  readonly #history: Entry[] = [];
  #startPath: readonly string[] = [];
  /** What runs instead of this one, once a `finally` block has yielded. */
  #twin: Run | null = null;

  constructor(
    flow: FlowModule,
    call: Call,
    body: FlowBody = flow.body,
    at: number = call.startedAt,
    traced = false,
    endsBy: 'return' | 'throw' = 'return',
  ) {
    this.#flow = flow;
    this.#body = body;
    this.#startedAt = at;
    this.#endsBy = endsBy;
    this.options = flow.options;
    this.call = frozenCall(call);
    this.traced = traced;
    this.language = call.language ?? flow.options.language;
    this.#at = at;
    const before = enterRun(this);
    try {
      this.#frames = new Frames(flow.name, body(this.call));
    } finally {
      enterRun(before);
    }
  }

  /** Pulls up to the first wait. */
  start(): Decision {
    this.#startPath = this.path;
    return this.#drive(() => this.#frames.pull(NOTHING));
  }

  /** Gives the answer to what the flow waits for, and pulls up to the next wait. The entry's site must be the one at which the flow stands. */
  answer(entry: Entry): Decision {
    if (this.#twin !== null) return this.#twin.answer(entry);
    this.#history.push(entry);
    const { wait, effect } = this.#decision as Decision;
    this.#at = entry.at;
    this.#entries++;
    this.#lastSite = entry.site;
    this.#logs = [];
    if ('ended' in entry) return this.#end(entry, this.#decision as Decision);
    if (wait === 'platform') this.#turns++;
    // After a step the batch goes on, in a list of its own: the one of the decision before belongs to whoever holds it.
    this.#actions = wait === 'platform' ? [] : [...this.#actions];
    return this.#drive(() => this.#deliver(entry, effect));
  }

  #deliver(entry: Entry, effect: Decision['effect']): Primitive | null {
    // A failure would leave the try at once, and the yield that is not performed would be the clean-up's own.
    if (this.#closeNext && 'error' in entry) {
      this.#closeNext = false;
      return this.#close();
    }
    const next = this.#frames.pull(resumeWith(entry, effect));
    if (!this.#closeNext || next === null) return next;
    this.#closeNext = false;
    return this.#close();
  }

  #end(entry: Extract<Entry, { ended: true }>, decision: Decision): Decision {
    this.#ending = true;
    this.#entries = 0;
    this.#actions = [];
    if (decision.wait === 'step') {
      this.#closeNext = true;
      return (this.#decision = { ...decision, ending: true, actions: [], logs: [] });
    }
    if (decision.effect?.kind === 'bridge' && entry.value !== undefined) {
      this.#closeNext = true;
      return this.#drive(() => this.#deliver(entry, null));
    }
    // A flow that ran away still has its `finally` blocks; one that threw has run them.
    this.#failure = decision.error;
    return this.#drive(() => this.#close());
  }

  #drive(pull: () => Primitive | null): Decision {
    const before = enterRun(this);
    try {
      this.#checkLength();
      let effect = pull();
      for (let count = 1; effect !== null; count++) {
        if (count > this.options.limits.effectsPerBatch) throw this.#runaway('effectsPerBatch');
        const outcome = this.#perform(effect);
        if (outcome === 'waits') return this.#decision as Decision;
        effect = outcome.how === 'return' ? this.#close() : this.#frames.pull(outcome);
      }
      return this.#done();
    } catch (error) {
      if (error === REOPEN) return this.#reopen();
      if (error instanceof SessionOverError && this.#ending) return this.#done();
      return this.#ending ? this.#decide('closed', 'closed', null, error) : this.#decide('failed', 'failed', null, error);
    } finally {
      enterRun(before);
    }
  }

  /**
   * Ends the generator. Where a `finally` block yields on the way, `return()` is not enough: the generator around a `yield*` would forget that it was told to return,
   * and go on. Then a twin is run to this place anew and ended by an exception, which nothing forgets.
   */
  #close(): Primitive | null {
    if (this.#endsBy === 'throw') return this.#frames.pull({ how: 'throw', error: new SessionOverError() });
    if (this.#frames.close() === null) return null;
    throw REOPEN;
  }

  #reopen(): Decision {
    const twin = new Run(this.#flow, this.call, this.#body, this.#startedAt, this.traced, 'throw');
    twin.path = this.#startPath;
    this.#twin = twin;
    let decision = twin.start();
    for (const entry of this.#history) decision = twin.answer(entry);
    return decision;
  }

  #done(): Decision {
    if (this.#ending) return this.#decide('closed', 'closed', null, this.#failure);
    this.#actions.push({ action: 'hangup' });
    return this.#decide('ended', 'ended', null, null);
  }

  /** What each kind of effect does. A kind that is missing here doesn't compile. */
  #perform(effect: Primitive): Outcome {
    switch (effect.kind) {
      case 'say':
      case 'playFile':
        return this.#ending ? NOTHING : (this.#speak(effect) ?? NOTHING);
      case 'capture':
        return this.#ending ? { how: 'next', value: null } : this.#askPlatform(effect);
      case 'bridge':
        return this.#ending ? { how: 'next', value: UNKNOWN_BRIDGE } : this.#askPlatform(effect);
      case 'hangup':
        if (this.#ending) return { how: 'return' };
        this.#actions.push({ action: 'hangup' });
        return this.#waits('ended', 'ended', null);
      case 'step':
        return this.#waitAt('step', effect);
      case 'now':
        return { how: 'next', value: new Date(this.#at) };
      case 'random':
        this.#random ??= seededRandom(hash(this.call.id));
        return { how: 'next', value: this.#random() };
      case 'useVoice':
        this.#voice = effect.voice;
        return NOTHING;
      case 'useLanguage':
        return this.#useLanguage(effect.language);
      case 'log':
        this.#logs.push(effect);
        return NOTHING;
      case 'go':
        return {
          how: 'throw',
          error: new YieldError(
            this.options.name,
            `go('${effect.to}') outside of a branch menu`,
            'give the menu around it generator functions as options',
          ),
        };
    }
  }

  #speak(effect: Parameters<typeof toActions>[0]): Resume | null {
    try {
      for (const action of toActions(effect, { call: this.call, options: this.options, language: this.language, voice: this.#voice }))
        this.#actions.push(action);
      return null;
    } catch (error) {
      return { how: 'throw', error };
    }
  }

  #askPlatform(effect: Capture | Bridge): Outcome {
    const reused = this.#actionIds.use(effect);
    if (reused !== null) return { how: 'throw', error: reused };
    return this.#speak(effect) ?? this.#waitAt('platform', effect);
  }

  #waitAt(wait: 'platform' | 'step', effect: Capture | Bridge | Step<unknown>): Outcome {
    const site = siteName(this.path, effect);
    if (!RESERVED_SITES.has(site)) return this.#waits(wait, site, effect);
    const error = new EffectArgumentError(
      'HS_EFFECT_ARGUMENT',
      `${effect.kind}: "${site}" is a name that the machine keeps for itself; choose another.`,
      `${effect.kind}.id`,
    );
    return { how: 'throw', error };
  }

  #useLanguage(language: string): Outcome {
    if (Object.hasOwn(this.options.voices, language)) {
      this.language = language;
      this.#voice = null;
      return NOTHING;
    }
    const known = Object.keys(this.options.voices).filter(Boolean).join(', ');
    const message = `useLanguage: flow "${this.options.name}" has no voice for ${JSON.stringify(language)}; ${known ? `its voices are: ${known}` : 'give it voices: { … } instead of voice'}.`;
    return { how: 'throw', error: new EffectArgumentError('HS_VOICE_MISSING', message, 'useLanguage.language') };
  }

  #checkLength(): void {
    const { turns, journalEntries } = this.options.limits;
    if (!this.#ending && this.#turns > turns) throw this.#runaway('turns');
    if (this.#entries > journalEntries) throw this.#runaway('journalEntries');
  }

  #runaway(limit: 'effectsPerBatch' | 'turns' | 'journalEntries'): FlowRunawayError {
    return new FlowRunawayError(this.options.name, limit, this.options.limits[limit], this.#lastSite);
  }

  #waits(wait: Wait, site: string, effect: Decision['effect']): 'waits' {
    this.#decide(wait, site, effect, null);
    return 'waits';
  }

  #decide(wait: Wait, site: string, effect: Decision['effect'], error: unknown): Decision {
    const voice = this.#voice ?? this.options.voices[this.language ?? ''] ?? '';
    return (this.#decision = {
      wait,
      site,
      effect,
      actions: this.#actions,
      logs: this.#logs,
      language: this.language,
      voice,
      ending: this.#ending,
      error,
    });
  }
}

function resumeWith(entry: Entry, effect: Decision['effect']): Resume {
  if (!('error' in entry)) return { how: 'next', value: 'value' in entry ? copyJson(entry.value) : undefined };
  if (effect?.kind === 'step' && effect.onError !== null) {
    try {
      return { how: 'next', value: throughJson(effect.onError(entry.error), effect.name) };
    } catch (error) {
      return { how: 'throw', error };
    }
  }
  return { how: 'throw', error: new StepFailedError(entry.site, entry.error.name, entry.error.message) };
}
