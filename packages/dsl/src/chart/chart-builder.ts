import { match } from 'ts-pattern';
import type { Action } from '../callflow/actions.ts';
import type { WaitFor } from '../effects/wait-for.ts';
import type { Decision } from '../generator/decision.ts';
import { answerClasses } from './answer-class.ts';
import type { Chart, ChartArrow, ChartSite, Explored } from './chart.ts';
import type { Arrival, Move } from './moves.ts';
import { targetOf } from './not-placed.ts';
import { spoken, voiceIn } from './spoken.ts';
import type { Way } from './witness.ts';

const MAX_PROMPTS = 8;
const NO_ARROWS: readonly ChartArrow[] = [];

type GrowingSite = ChartSite & {
  /** How many of the prompts, which come first, are in the flow's own language. */
  own: number;
  readonly prompts: string[];
  readonly voices: (string | null)[];
  readonly answers: string[];
  readonly declared: string[];
  readonly witness: Way;
  readonly clientActionIds?: string[];
};

/** Collects sites and arrows while a flow is explored. */
export class ChartBuilder {
  readonly #sites = new Map<string, GrowingSite>();
  readonly #language: string | null;

  readonly #signals = new Map<string, Map<string, WaitFor>>();
  readonly #arrows = new Map<string, Map<string, ChartArrow>>();

  /** `language`: the flow's own. */
  constructor(language: string | null) {
    this.#language = language;
  }

  /** Notes that a call begins where `arrival` stands. */
  start({ way, standing: { decision } }: Arrival): void {
    this.#arrow({
      from: 'idle',
      label: '',
      to: targetOf(decision, way),
      when: 'start',
      universal: false,
      ...reasonOf(decision),
      witness: way,
    });
    this.#site(decision, way);
  }

  /** Notes that `move` leads from `from` to where `arrival` stands. True when the site or the arrow is new. */
  move(from: string, { label, when, universal = false, variantOf }: Move, { way, standing: { decision } }: Arrival): boolean {
    const to = targetOf(decision, way);
    const newSite = this.#site(decision, way);
    if (variantOf !== undefined && this.#arrows.get(from)?.has(keyOf(variantOf, to, when)) === true) return newSite;
    return this.#arrow({ from, label, to, when, universal, ...reasonOf(decision), witness: way }) || newSite;
  }

  build(flow: { readonly name: string; readonly options: { readonly version: string } }, explored: Explored): Chart {
    const from = new Map([...this.#arrows].map(([site, arrows]) => [site, [...arrows.values()]]));
    const sites: ReadonlyMap<string, ChartSite> = this.#sites;
    return {
      flow: flow.name,
      version: flow.options.version,
      sites,
      arrows: [...from.values()].flat(),
      explored,
      signals: new Map([...this.#signals].map(([name, waits]) => [name, [...waits.values()]])),
      arrowsFrom: (site) => from.get(site) ?? NO_ARROWS,
      pathTo: (site) => sites.get(site)?.witness.labels ?? null,
    };
  }

  /** The shortest way to a site. */
  wayTo(site: string): Way | null {
    return this.#sites.get(site)?.witness ?? null;
  }

  #site(decision: Decision, witness: Way): boolean {
    const { effect, site: name } = decision;
    if (effect === null) return false;
    const isOwn = decision.language === this.#language;
    const known = this.#sites.get(name);
    const named = 'clientActionId' in effect && effect.clientActionId !== null ? [effect.clientActionId] : [];
    if (effect.kind === 'waitFor') this.#waitsFor(effect, name);
    if (known !== undefined) {
      addNew(known.clientActionIds ?? [], named);
      if (known.prompts.length >= MAX_PROMPTS && (!isOwn || known.own > 0)) return false;
      const prompt = spoken(heardAt(decision));
      if (known.prompts.includes(prompt)) return false;
      // What is drawn is said in the flow's own language, whichever was heard first.
      const place = isOwn ? known.own++ : known.prompts.length;
      known.prompts.splice(place, 0, prompt);
      known.voices.splice(place, 0, voiceIn(heardAt(decision)));
      known.prompts.splice(MAX_PROMPTS);
      known.voices.splice(MAX_PROMPTS);
      // Where other words are spoken, other options may be open.
      addNew(known.answers, labelsOf(effect));
      addNew(known.declared, declaredBy(effect));
      return false;
    }
    this.#sites.set(name, {
      name,
      wait: effect.kind === 'waitFor' ? 'signal' : effect.kind === 'step' || effect.kind === 'settings' ? effect.kind : 'platform',
      kind: effect.kind,
      prompts: [spoken(heardAt(decision))],
      voices: [voiceIn(heardAt(decision))],
      own: isOwn ? 1 : 0,
      answers: [...labelsOf(effect)],
      declared: [...declaredBy(effect)],
      sensitive: 'sensitive' in effect && effect.sensitive,
      ...(effect.kind === 'waitFor' ? { signal: effect.name } : {}),
      ...(named.length === 0 ? {} : { clientActionIds: named }),
      witness,
    });
    return true;
  }

  #waitsFor(effect: WaitFor, site: string): void {
    const known = this.#signals.get(effect.name);
    if (known === undefined) this.#signals.set(effect.name, new Map([[site, effect]]));
    else known.set(site, effect);
  }

  #arrow(arrow: ChartArrow): boolean {
    const { from, label, to, when } = arrow;
    let known = this.#arrows.get(from);
    if (known === undefined) this.#arrows.set(from, (known = new Map()));
    const key = keyOf(label, to, when);
    if (known.has(key)) return false;
    known.set(key, arrow);
    return true;
  }
}

function keyOf(label: string, to: string, when: string): string {
  return `${label}\n${to}\n${when}`;
}

/** Why an outbound call is declined. */
function reasonOf({ wait, declined }: Decision): Pick<ChartArrow, 'declined'> {
  return wait === 'ended' && declined !== null ? { declined } : {};
}

/** What a caller hears where the flow waits: at a signal the pieces of its hold, too. */
function heardAt({ actions, hold }: Decision): readonly Action[] {
  return hold.length === 0 ? actions : [...actions, ...hold];
}

function labelsOf(effect: NonNullable<Decision['effect']>): readonly string[] {
  return answerClasses(effect).map(({ label }) => label);
}

function declaredBy(effect: NonNullable<Decision['effect']>): readonly string[] {
  return match(effect)
    .with({ kind: 'capture' }, ({ shape }) => shape?.declared ?? [])
    .with({ kind: 'step' }, { kind: 'waitFor' }, ({ examples }) => Object.keys(examples ?? {}))
    .with({ kind: 'settings' }, () => labelsOf(effect).slice(1))
    .with({ kind: 'bridge' }, () => [])
    .exhaustive();
}

function addNew(list: string[], more: readonly string[]): void {
  for (const label of more) if (!list.includes(label)) list.push(label);
}
