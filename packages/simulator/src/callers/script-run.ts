import type { SessionEnd, SessionEvent } from '../session/events.ts';
import type { CallerLine } from './caller.ts';

/** What the caller hears: a part of it, or a pattern. */
export type Heard = string | RegExp;

/** One step of a script. */
export type ScriptStep =
  | {
      readonly kind: 'press';
      readonly keys: readonly string[];
      readonly after: number | null;
      readonly gap: number;
      readonly interrupt: boolean;
    }
  | { readonly kind: 'stayQuiet' }
  | { readonly kind: 'waitFor'; readonly what: Heard }
  | { readonly kind: 'expectHears'; readonly what: Heard }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'hangUp' };

/** One script on one call. */
export class ScriptRun {
  readonly #line: CallerLine;
  readonly #steps: readonly ScriptStep[];
  #step = 0;
  /** How much of what was heard the script has dealt with. */
  #dealtWith = 0;
  #listening = false;
  #speaking = false;
  /** How long the prompt that listens waits for an entry, ms. */
  #patience = 0;
  /** Whether a timer will go on with the step. */
  #busy = false;
  /** Whether the script lets a prompt go by. */
  #quiet = false;
  #over = false;

  constructor(line: CallerLine, steps: readonly ScriptStep[]) {
    this.#line = line;
    this.#steps = steps;
  }

  on(event: SessionEvent): void {
    if (event.type === 'ended') return this.#end(event.end);
    const listened = event.type === 'spoken' || event.type === 'captured';
    if (listened && this.#quiet) {
      this.#quiet = false;
      this.#step++;
    }
    if (event.type === 'spoken') {
      this.#listening = false;
      this.#speaking = event.as === 'prompt' && !event.hold;
    } else if (event.type === 'listening') {
      this.#listening = !event.hold;
      this.#patience = event.overallTimeout;
      this.#speaking = false;
    } else if (event.type === 'captured') {
      this.#listening = false;
      this.#speaking = false;
    }
    this.#goOn();
  }

  #goOn(): void {
    while (!this.#busy && !this.#over) {
      const step = this.#steps[this.#step];
      if (step === undefined || !this.#take(step)) return;
      this.#step++;
    }
  }

  /** Whether the step is done; else it waits for an event, or a timer goes on. */
  #take(step: ScriptStep): boolean {
    switch (step.kind) {
      case 'press':
        if (this.#listening || (step.interrupt && this.#speaking)) this.#press(step);
        return false;
      case 'stayQuiet':
        if (this.#listening) this.#quiet = true;
        this.#listening = false;
        return false;
      case 'waitFor':
        return this.#waitFor(step.what);
      case 'expectHears':
        return this.#expectHears(step.what);
      case 'wait':
        this.#later(step.ms, () => this.#step++);
        return false;
      case 'hangUp':
        this.#over = true;
        this.#line.hangUp();
        return false;
    }
  }

  #press(step: Extract<ScriptStep, { kind: 'press' }>): void {
    const after = step.after ?? (this.#listening ? this.#line.think(this.#patience) : 0);
    this.#later(after, () => {
      // Whoever thinks too long waits for the next prompt.
      if (this.#listening || (step.interrupt && this.#speaking)) this.#pressFrom(step, 0);
    });
  }

  #pressFrom(step: Extract<ScriptStep, { kind: 'press' }>, index: number): void {
    const key = step.keys[index];
    if (index === step.keys.length - 1) {
      this.#step++;
      // What is pressed next is for the next prompt.
      this.#listening = false;
    } else {
      // First the next key's time: what this one brings about must not begin the step anew.
      this.#later(step.gap, () => this.#pressFrom(step, index + 1));
    }
    if (key !== undefined) this.#line.press(key);
  }

  #later(ms: number, act: () => void): void {
    this.#busy = true;
    this.#line.after(ms, () => {
      if (this.#over) return;
      this.#busy = false;
      act();
      this.#goOn();
    });
  }

  #waitFor(what: Heard): boolean {
    const { heard } = this.#line;
    for (; this.#dealtWith < heard.length; this.#dealtWith++) {
      if (!matches(heard[this.#dealtWith], what)) continue;
      this.#dealtWith++;
      return true;
    }
    return false;
  }

  #expectHears(what: Heard): boolean {
    const { heard } = this.#line;
    if (this.#dealtWith >= heard.length) return false;
    const next = heard[this.#dealtWith++];
    if (matches(next, what)) return true;
    this.#over = true;
    this.#line.wrong(`The caller should have heard ${say(what)}, but heard ${say(next ?? '')}.`);
    this.#line.hangUp();
    return false;
  }

  /** A script that is cut short by an end that isn't a failure of its own has not heard, or could not press, what it should have. */
  #end(end: SessionEnd): void {
    const step = this.#over ? undefined : this.#steps[this.#step];
    this.#over = true;
    if (step === undefined || end.cutBy !== null || end.status === 'ERROR') return;
    if (step.kind === 'waitFor' || step.kind === 'expectHears')
      this.#line.wrong(`The call ended before the caller heard ${say(step.what)}.`);
    if (step.kind === 'press') this.#line.wrong('The call ended before the caller could press a key.');
    if (step.kind === 'stayQuiet') this.#line.wrong('The call ended where the caller should have been listened to.');
  }
}

function matches(text: string | undefined, what: Heard): boolean {
  if (text === undefined) return false;
  return typeof what === 'string' ? text.includes(what) : new RegExp(what.source, what.flags.replaceAll(/[gy]/gu, '')).test(text);
}

function say(what: Heard): string {
  return typeof what === 'string' ? JSON.stringify(what) : String(what);
}
