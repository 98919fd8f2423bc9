import type { AnySettingValues, SettingDeclarations } from '../flow/settings.ts';
import type { Position } from '../machine/compile.ts';
import type { Transcript } from './transcript.ts';

/** Writes into the transcript what a flow notes beside what is heard: log lines, the settings that it reads, tags, and its result. */
export class NotedLines {
  readonly #transcript: Transcript;
  readonly #declared: SettingDeclarations;
  /** Where the call stood when it was written down last. */
  #before: Pick<Position, 'tags' | 'result' | 'settings'> = { tags: {}, result: null, settings: null };

  constructor(transcript: Transcript, declared: SettingDeclarations) {
    this.#transcript = transcript;
    this.#declared = declared;
  }

  /** Writes what is new at this position. */
  write({ logs, tags, result, settings }: Position): void {
    if (settings !== null && this.#before.settings === null) this.#writeSettings(settings);
    for (const { message, fields } of logs) this.#transcript.log(message, fields);
    const set = Object.entries(tags).filter(([name, value]) => this.#before.tags[name] !== value);
    if (set.length > 0) this.#transcript.tags(Object.fromEntries(set));
    if (result !== null && this.#before.result === null) this.#transcript.returns(result);
    this.#before = { tags, result, settings };
  }

  /** Those that are not as declared. */
  #writeSettings(settings: AnySettingValues): void {
    const changed = Object.entries(settings).filter(([name, value]) => this.#declared[name]?.default !== value);
    if (changed.length > 0) this.#transcript.settings(Object.fromEntries(changed));
  }
}
