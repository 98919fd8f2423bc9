import type { Recording } from '../wire/recording-event.ts';

/** Where recordings are pushed. */
export interface RecordingPushConfig {
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly path: string;
}

/** How many recordings are remembered. */
const MOST = 10_000;

/** The recordings of the subaccount. */
export class Recordings {
  config: RecordingPushConfig | null = null;
  readonly #bySession = new Map<string, Recording[]>();

  add(recording: Recording): void {
    this.#bySession.set(recording.sessionId, [...(this.#bySession.get(recording.sessionId) ?? []), recording]);
    const oldest = this.#bySession.keys().next().value;
    if (this.#bySession.size > MOST && oldest !== undefined) this.#bySession.delete(oldest);
  }

  of(sessionId: string): readonly Recording[] | null {
    return this.#bySession.get(sessionId) ?? null;
  }

  /** Where a recording of a session ends up. */
  pathOf(sessionId: string, recordingId: string, at: number): string {
    const iso = new Date(at).toISOString();
    const root = (this.config?.path ?? 'recordings').replaceAll(/^\/+|\/+$/gu, '');
    return `${root}/${iso.slice(0, 10)}/${sessionId}/${recordingId}_${iso}.mp3`;
  }
}
