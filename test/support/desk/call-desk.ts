import {
  type Caller,
  type CallRecord,
  createPlatform,
  type LoadReport,
  runLoad,
  type SessionEvent,
  virtualClock,
} from '@hookswitch/simulator';
import { pressAll } from '../press-all.ts';
import { SHOP_HOLDS } from '../shop/call-shop.ts';
import { releaseOf } from './desk.ts';
import type { Deploys } from './deploys.ts';

/** How many times faster than real time callers live. */
const PACE = 10;
const REDELIVERY = { times: 60, afterMs: 1_000 * PACE };

/** What caller `index` answers to a question. */
function answerOf(index: number, id: string): string {
  const letters = [...id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7);
  return String((index * 31 + letters) % 9_999);
}

/** Answers whatever question is asked. `onFirst` is told when the first one is heard. */
function answering(index: number, onFirst: () => void): Caller {
  return {
    name: 'answering',
    begin(line) {
      let id = '';
      return (event: SessionEvent) => {
        if (event.type === 'spoken' && id === '') onFirst();
        if (event.type === 'spoken') id = /uestion (\w+)\?/.exec(event.text)?.[1] ?? id;
        if (event.type !== 'listening' || event.hold) return;
        line.after(line.think(event.overallTimeout), () => pressAll(line, `${answerOf(index, id)}#`));
      };
    },
  };
}

/** What a caller of the desk went through, read from what was heard. */
interface Walk {
  readonly asked: readonly string[];
  readonly noted: readonly string[];
  /** Questions that came again before they were answered. */
  readonly again: number;
  readonly end: 'goodbye' | 'changed' | 'other';
}

/** Null where a caller heard something that no desk says in this order. */
function walkOf({ index, heard }: CallRecord): Walk | null {
  const [asked, noted]: [string[], string[]] = [[], []];
  let again = 0;
  let end: Walk['end'] = 'other';
  for (const text of heard) {
    const [, question] = /^(?:Question|Now question) (\w+)\?$/.exec(text) ?? [];
    const [, id, answer] = /^(\w+) was (\d+)\.$/.exec(text) ?? [];
    if (end !== 'other') return null;
    const isOpen = asked.length === noted.length + 1;
    if (question !== undefined && asked.length === noted.length) asked.push(question);
    else if (question !== undefined && isOpen && question === asked.at(-1)) again++;
    else if (id !== undefined && isOpen && id === noted.at(-1) && answer === answerOf(index, id)) continue;
    else if (id !== undefined && id === asked.at(-1) && isOpen && answer === answerOf(index, id)) noted.push(id);
    else if (text === 'Goodbye.' && asked.length === noted.length) end = 'goodbye';
    else if (/^Changed at \S+\.$/.test(text)) end = 'changed';
    else return null;
  }
  return { asked, noted, again, end };
}

/** What was wrong with a walk, by the releases that were served while it lasted. */
function judge({ asked, noted, end }: Walk, lived: readonly number[]): string | null {
  const ways = lived.map((release) => releaseOf(release).questions);
  const at = `after ${asked.join(' ')}, while the releases ${lived.join(', ')} were served`;
  if (end === 'goodbye') return ways.some((questions) => questions.join() === noted.join()) ? null : `was over ${at}`;
  // Only a release on which the answers so far don't fit may end a call.
  const breaks = ways.some((questions) => asked.some((id, place) => questions[place] !== id));
  return end === 'changed' && breaks ? null : `ended with "${end}" ${at}`;
}

/** What callers of the desk heard. */
export interface DeskReport {
  readonly load: LoadReport;
  /** Calls that were told that the desk has changed. */
  readonly changed: number;
  /** Questions that were asked again. */
  readonly again: number;
}

/** How the desk is called. */
export interface CallDeskOptions {
  readonly url: string;
  readonly seed: number;
  readonly calls: number;
  readonly concurrency: number;
  /** What is deployed meanwhile. */
  readonly deploys: Deploys;
  readonly onProgress: (done: number) => void;
}

/** Calls the desk while others deploy it. */
export async function callDesk({ url, seed, calls, concurrency, deploys, onProgress }: CallDeskOptions): Promise<DeskReport> {
  const platform = createPlatform({
    webhookUrls: { VCA: `${url}/webhooks/vca`, VSS: `${url}/webhooks/vss` },
    clock: virtualClock({ pace: PACE }),
    seed,
    holds: SHOP_HOLDS,
    remember: 50,
    keepEvents: false,
    behaviour: { answerTimeoutMs: 60_000, redelivery: REDELIVERY },
  });
  const began = new Map<string, number>();
  platform.onSession(({ id }) => began.set(id, performance.now()));
  platform.onDelivery(({ ok }) => ok && deploys.answered());
  // Which releases a call may have begun on: with deploys in quick succession, a webhook that is sent again may meet the third one only.
  const beganOn = new Map<number, readonly number[]>();
  const caller = (index: number): Caller => {
    const start = performance.now();
    return answering(index, () => void beganOn.set(index, deploys.servedSince(start)));
  };
  let [changed, again] = [0, 0];
  const expect = (call: CallRecord): string | null => {
    const walk = walkOf(call);
    if (walk?.end === 'changed') changed++;
    again += walk?.again ?? 0;
    const lived = deploys.sideBySide ? beganOn.get(call.index) : deploys.servedSince(began.get(call.sessionId) ?? 0);
    const wrong = walk === null ? 'made no sense' : judge(walk, lived ?? []);
    return wrong === null ? null : `${wrong}: heard "${call.heard.join(' ')}"`;
  };
  try {
    const load = await runLoad(platform, {
      calls,
      concurrency,
      caller,
      expect,
      onProgress: ({ done }) => onProgress(done),
    });
    return { load, changed, again };
  } finally {
    await platform.close();
  }
}
