import type { Caller, CallRecord, PlatformOptions, SessionEvent } from '@hookswitch/simulator';
import { createPlatform, type LoadReport, runLoad, virtualClock } from '@hookswitch/simulator';
import { pressAll } from '../press-all.ts';
import { SHOP_HOLDS } from '../shop/call-shop.ts';
import { QUESTIONS } from './survey.ts';

/** What caller `index` answers to question `n`. */
function answerOf(index: number, n: number): number {
  return (index * 31 + n * 7) % 9_999;
}

/** Everything that caller `index` hears when all is well. */
function expected(index: number): readonly string[] {
  const answers = Array.from({ length: QUESTIONS }, (_, place) => answerOf(index, place + 1));
  const asked = answers.flatMap((answer, place) => [`Question ${place + 1}?`, `Number ${place + 1} was ${answer}.`]);
  return ['Welcome.', ...asked, `Together ${answers.reduce((sum, answer) => sum + answer, 0)}. Goodbye.`];
}

/** Answers whatever is asked, also when it is asked again. */
function answering(index: number): Caller {
  return {
    name: 'answering',
    begin(line) {
      let question = 0;
      return (event: SessionEvent) => {
        if (event.type === 'spoken' && !event.hold) question = Number(/uestion (\d+)\?/.exec(event.text)?.[1] ?? question);
        if (event.type !== 'listening' || event.hold) return;
        line.after(line.think(event.overallTimeout), () => pressAll(line, `${answerOf(index, question)}#`));
      };
    },
  };
}

/** What callers of the survey heard. */
export interface SurveyReport {
  readonly load: LoadReport;
  /** Everything that was heard otherwise than it must, and calls that were lost. */
  readonly wrong: readonly string[];
  /** Questions that were asked again. */
  readonly askedAgain: number;
  /** Calls that ended with the fallback. */
  readonly fallbacks: number;
}

/** How the survey is called. */
export interface CallSurveyOptions {
  readonly url: string;
  readonly seed: number;
  readonly calls: number;
  readonly concurrency: number;
  readonly pace: number | null;
  readonly platform?: PlatformOptions;
  readonly tell?: (line: string) => void;
}

/**
 * Calls the survey. Questions may be asked again, and a call may end with the fallback; beside that each caller must hear its own answers, in order, each once
 * or with the question that it belongs to.
 */
export async function callSurvey({ url, seed, calls, concurrency, pace, platform = {}, tell }: CallSurveyOptions): Promise<SurveyReport> {
  let [askedAgain, fallbacks, next] = [0, 0, 0];
  const judge = ({ index, heard }: CallRecord): string | null => {
    const said = heard.map((text) => text.replace('Now question', 'Question'));
    const different = [...new Set(said)];
    const isFallback = different.at(-1)?.startsWith('We are sorry') === true;
    if (isFallback) fallbacks++;
    askedAgain += said.filter((text, at) => text.startsWith('Question') && said.indexOf(text) !== at).length;
    const told = isFallback ? different.slice(0, -1) : different;
    const wanted = isFallback ? expected(index).slice(0, told.length) : expected(index);
    return told.join(' ') === wanted.join(' ') ? null : `heard "${said.join(' ')}"`;
  };
  const webhookUrls = { VCA: `${url}/webhooks/vca`, VSS: `${url}/webhooks/vss` };
  const options: PlatformOptions = { webhookUrls, seed, holds: SHOP_HOLDS, remember: 50, keepEvents: false, clock: virtualClock({ pace }) };
  const made = createPlatform({ ...options, ...platform });
  try {
    const load = await runLoad(made, {
      calls,
      concurrency,
      caller: answering,
      expect: judge,
      onProgress: ({ done, wrong, lost }) => {
        if (done < next) return;
        next = done + calls / 10;
        tell?.(`${done} of ${calls} calls, ${wrong} wrong, ${lost} lost`);
      },
    });
    return { load, wrong: load.bad.map(({ name, message }) => `${name} ${message}`), askedAgain, fallbacks };
  } finally {
    await made.close();
  }
}
