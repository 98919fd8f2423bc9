import { cutText } from '../callflow/cut-text.ts';
import type { BridgeResult } from '../effects/bridge.ts';
import { isError } from '../errors/index.ts';
import type { Call } from '../flow/call.ts';
import type { AnySettingValues } from '../flow/settings.ts';
import type { TagValue } from '../flow/tags.ts';
import type { StepOutcome } from '../generator/perform-step.ts';

/** Who ended a call. */
export type EndedBy = 'flow' | 'caller';

const MAX_RESULT = 120;

/** A call written down as a conversation: `»` is heard, `«` is pressed, `·` a step, `⚡` a signal, `✎` a log line, `⚑` tags, `⚙` settings that operators have changed, `✆` a bridge, `⏹` the end, `↩` the result, `✗` an error. */
export class Transcript {
  readonly #lines: string[] = [];
  readonly #heard: string[] = [];
  #bridge = -1;
  #endedBy: EndedBy | null = null;

  /** Every text and audio file that was played to the caller, oldest first. */
  get heard(): readonly string[] {
    return this.#heard;
  }

  /** Who hung up, or null while nobody has. */
  get endedBy(): EndedBy | null {
    return this.#endedBy;
  }

  begins({ from, to, direction }: Call): void {
    this.#lines.push(`☎ ${from ?? 'a withheld number'} calls ${to} (${direction})`);
  }

  speech(text: string, times = 1): void {
    this.#heard.push(text);
    this.#lines.push(`» ${text}${times === 1 ? '' : ` (×${times})`}`);
  }

  file(url: string, times = 1): void {
    this.#heard.push(url);
    this.#lines.push(`» ♪ ${url}${times === 1 ? '' : ` (×${times})`}`);
  }

  /** `paused`: a pause ended the entry. */
  keys(keys: string, paused: boolean): void {
    this.#lines.push(`« ${[...keys].join(' ')}${paused ? ' (pause)' : ''}`);
  }

  silence(ms: number): void {
    this.#lines.push(`« (silence ${seconds(ms)})`);
  }

  step(name: string, outcome: StepOutcome): void {
    this.#lines.push(outcome.ok ? `· ${name} → ${result(outcome.value)}` : `· ${name} ✗ ${outcome.error.name}: ${outcome.error.message}`);
  }

  /** A signal, or, where none has come in time, null. */
  signal(name: string, came: { readonly value: unknown } | null): void {
    this.#lines.push(came === null ? `⚡ ${name} has not come` : `⚡ ${name} ${result(came.value)}`);
  }

  log(message: string, fields: Readonly<Record<string, unknown>>): void {
    this.#lines.push(`✎ ${message}${Object.keys(fields).length === 0 ? '' : ` ${result(fields)}`}`);
  }

  tags(values: Readonly<Record<string, TagValue>>): void {
    this.#lines.push(
      `⚑ ${Object.entries(values)
        .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
        .join(', ')}`,
    );
  }

  settings(values: AnySettingValues): void {
    this.#lines.push(
      `⚙ ${Object.entries(values)
        .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
        .join(', ')}`,
    );
  }

  returns(value: unknown): void {
    this.#lines.push(`↩ ${result(value)}`);
  }

  bridges(to: string): void {
    this.#bridge = this.#lines.push(`✆ bridge to ${to} …`) - 1;
  }

  bridged({ outcome, duration }: BridgeResult): void {
    const spoke = duration === null || duration === 0 ? '' : `, ${seconds(duration * 1_000)}`;
    this.#lines[this.#bridge] += ` ${outcome}${spoke}`;
  }

  ends(by: EndedBy): void {
    this.#endedBy = by;
    this.#lines.push(`⏹ the ${by} hung up`);
  }

  /** Nobody was called: it is the flow that ended it, and may have given a reason. */
  notPlaced(reason: string | null): void {
    this.#endedBy = 'flow';
    this.#lines.push(`⏹ not placed: ${reason ?? 'the flow had nothing to say'}`);
  }

  fails(error: unknown): void {
    this.#lines.push(`✗ ${isError(error) ? `${error.name}: ${error.message}` : String(error)}`);
  }

  toString(): string {
    return this.#lines.join('\n');
  }
}

function seconds(ms: number): string {
  return `${Number((ms / 1_000).toFixed(3))} s`;
}

function result(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return cutText(text, MAX_RESULT);
}
