import type { Entry } from './journal.ts';
import type { Statement } from './ending-programs.test-support.ts';

/** Where a program stands, and what it has done on the way: what is compared with a `Decision`. */
export interface Stand {
  readonly site: string;
  readonly ending: boolean;
  /** What was said since the caller was last asked. */
  readonly said: readonly string[];
  readonly logged: readonly string[];
}

/**
 * `wanted`: whatever waits in a `finally` or a block is performed, however that was entered: what `uninterruptible` promises.
 * `achievable`: what waits in a block, or in a `finally` that a return has opened, until an error comes up there.
 */
export type Rule = 'wanted' | 'achievable';

type Branch = Extract<Statement, { t: 'branch' }>;
/** How a statement ends. `leave`: the flow, or a branch, is being left. */
type Completion =
  | { readonly t: 'normal' | 'return' | 'break' }
  | { readonly t: 'throw'; readonly error: 'thrown' | 'failed' | 'no answer' }
  | { readonly t: 'leave'; readonly to: Branch | 'flow' };
type Work<R> = Generator<Stand, R, Entry>;

const NORMAL: Completion = { t: 'normal' };

/** The reference: walks through a program as the rule for authors says. Unlike a driver, it sees where each `finally` is. */
export class Model {
  readonly #rule: Rule;
  readonly #work: Work<never>;
  #stand: Stand;
  #ended = false;
  #blocks = 0;
  #finallies = 0;
  /** In a `finally` that a return has opened. */
  #opened = false;
  /** The branch that is being left, and how many blocks and `finally` blocks were open around it. */
  #leaving: { readonly branch: Branch; readonly blocks: number; readonly finallies: number } | null = null;
  #branches: { readonly branch: Branch; readonly blocks: number; readonly finallies: number }[] = [];
  #x = 0;
  #said: string[] = [];
  #logged: string[] = [];

  constructor(program: readonly Statement[], rule: Rule) {
    this.#rule = rule;
    this.#work = this.#flow(program);
    this.#stand = this.#work.next(undefined as never).value;
  }

  get stand(): Stand {
    return this.#stand;
  }

  answer(entry: Entry): Stand {
    this.#logged = [];
    if ('ended' in entry) {
      this.#ended = true;
      this.#said = [];
    }
    if (!this.#stand.site.startsWith('step')) this.#said = [];
    return (this.#stand = this.#work.next(entry).value);
  }

  #at(site: string): Stand {
    return { site, ending: this.#ended, said: [...this.#said], logged: [...this.#logged] };
  }

  *#flow(program: readonly Statement[]): Work<never> {
    const end = yield* this.#list(program);
    const threw = end.t === 'throw' && end.error !== 'no answer';
    if (!this.#ended) {
      if (end.t === 'throw' && end.error === 'no answer') this.#said.push('Goodbye.');
      yield this.#at(threw ? 'failed' : 'ended');
    }
    for (;;) yield this.#at('closed');
  }

  /** Whether what waits here is performed. */
  get #performs(): boolean {
    if (this.#leaving === null && !this.#ended) return true;
    const { blocks, finallies } = this.#leaving ?? { blocks: 0, finallies: 0 };
    return this.#blocks > blocks || (this.#rule === 'wanted' ? this.#finallies > finallies : this.#opened);
  }

  get #left(): Completion {
    return { t: 'leave', to: this.#leaving?.branch ?? 'flow' };
  }

  *#list(body: readonly Statement[]): Work<Completion> {
    for (const one of body) {
      const end = yield* this.#run(one);
      if (end.t !== 'normal') return end;
    }
    return NORMAL;
  }

  *#run(one: Statement): Work<Completion> {
    switch (one.t) {
      case 'say':
        if (!this.#ended) this.#said.push(one.name);
        return NORMAL;
      case 'log':
        this.#logged.push(one.name);
        return NORMAL;
      case 'step':
      case 'bridge':
      case 'capture':
      case 'menu':
      case 'ask':
      case 'confirm':
      case 'demand':
        return yield* this.#wait(one);
      case 'hangup':
        return yield* this.#hangUp();
      case 'throw':
        return { t: 'throw', error: 'thrown' };
      case 'return':
      case 'break':
        return { t: one.t };
      case 'if':
        return this.#x > 0 ? yield* this.#list(one.body) : NORMAL;
      case 'loop':
        return yield* this.#loop(one.body);
      case 'sub':
        return ended(yield* this.#list(one.body));
      case 'block':
        return yield* this.#block(one.body);
      case 'branch':
        return yield* this.#menuOfBranch(one);
      case 'try':
        return yield* this.#try(one);
    }
  }

  *#loop(body: readonly Statement[]): Work<Completion> {
    for (let round = 0; round < 2; round++) {
      const end = yield* this.#list(body);
      if (end.t === 'break') return NORMAL;
      if (end.t !== 'normal') return end;
    }
    return NORMAL;
  }

  *#block(body: readonly Statement[]): Work<Completion> {
    this.#blocks++;
    const end = yield* this.#list(body);
    this.#blocks--;
    if (end.t === 'throw') this.#errorComesUp();
    return ended(end);
  }

  *#try(one: Extract<Statement, { t: 'try' }>): Work<Completion> {
    let end = yield* this.#list(one.body);
    if (end.t === 'throw' && one.catch !== null) end = yield* this.#list(one.catch);
    if (one.finally === null) return end;
    if (end.t === 'leave') this.#opened = true;
    this.#finallies++;
    const last = yield* this.#list(one.finally);
    this.#finallies--;
    return last.t === 'normal' ? end : last;
  }

  /** After an error nobody knows what catches it. */
  #errorComesUp(): void {
    if (this.#blocks <= (this.#leaving?.blocks ?? 0)) this.#opened = false;
  }

  /** Stands at a site, where it may: gives what came, or that the flow or branch is left there. */
  *#stay(site: string, kind: string): Work<unknown> {
    if (!this.#performs) return LEFT;
    if (kind !== 'step' && (this.#ended || this.#leaving !== null)) return NOTHING;
    let entry = yield this.#at(site);
    if ('ended' in entry) {
      if (kind === 'bridge' && entry.value !== undefined) return entry.value.outcome === 'busy' ? 1 : 0;
      if (kind !== 'step') return this.#performs ? NOTHING : LEFT;
      entry = yield this.#at(site);
      if ('error' in entry && !this.#performs) return LEFT;
    }
    if ('error' in entry) return FAILED;
    return 'value' in entry ? entry.value : undefined;
  }

  *#wait(one: { readonly t: string; readonly name: string }): Work<Completion> {
    const came = yield* this.#stay(one.name, one.t);
    if (came === LEFT) return this.#left;
    if (came === FAILED) {
      this.#errorComesUp();
      return { t: 'throw', error: 'failed' };
    }
    const to = this.#keyOut(one.t, came);
    if (to !== null) return this.#go(to);
    if (one.t === 'demand' && came !== '1') {
      this.#errorComesUp();
      return { t: 'throw', error: 'no answer' };
    }
    this.#x = valueOf(one.t, came);
    return NORMAL;
  }

  *#hangUp(): Work<Completion> {
    if (this.#leaving !== null) return this.#left;
    if (!this.#ended) yield this.#at('ended');
    return { t: 'leave', to: 'flow' };
  }

  *#menuOfBranch(one: Branch): Work<Completion> {
    for (;;) {
      const came = yield* this.#stay(one.name, 'menu');
      if (came === LEFT) return this.#left;
      const to = this.#keyOut('menu', came);
      if (to !== null) return this.#go(to);
      this.#branches.push({ branch: one, blocks: this.#blocks, finallies: this.#finallies });
      const end = yield* this.#list(came === '1' ? one.body : (one.otherwise ?? []));
      this.#branches.pop();
      const isLeft = this.#leaving?.branch === one;
      if (isLeft) {
        this.#leaving = null;
        this.#opened = false;
      }
      if (!isLeft || end.t === 'throw') return ended(end);
    }
  }

  /** Which branch the universal keys leave. */
  #keyOut(kind: string, came: unknown): Branch | null {
    if (!['menu', 'demand', 'confirm', 'ask'].includes(kind)) return null;
    if (came === '*') return this.#branches.at(-1)?.branch ?? null;
    return came === '0' && kind !== 'ask' ? (this.#branches[0]?.branch ?? null) : null;
  }

  #go(to: Branch): Completion {
    this.#leaving = this.#branches.find(({ branch }) => branch === to) ?? null;
    return { t: 'leave', to };
  }
}

const LEFT = Symbol('left');
const NOTHING = Symbol('nothing');
const FAILED = Symbol('failed');

/** What a program keeps of what came. */
function valueOf(kind: string, came: unknown): number {
  if (came === NOTHING || came === undefined || came === null) return 0;
  if (typeof came === 'object') return (came as { outcome: string }).outcome === 'busy' ? 1 : 0;
  if (kind === 'menu' || kind === 'demand' || kind === 'confirm') return came === '1' ? 1 : 0;
  return kind === 'ask' && !/^\d+$/.test(came as string) ? 0 : Number(came);
}

/** What a function's own `return` comes to outside of it. */
function ended(end: Completion): Completion {
  return end.t === 'return' ? NORMAL : end;
}
