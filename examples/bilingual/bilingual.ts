import {
  ask,
  defineFlow,
  digits,
  type Flow,
  type LocalDate,
  menu,
  now,
  openingHours,
  parseIsoDate,
  say,
  spokenDate,
  spokenTime,
  step,
  type Text,
  useLanguage,
} from '@hookswitch/dsl';
import { renew } from './loans.ts';
import { phrases } from './phrases.ts';

const voices = { en: 'en-US-ZiraRUS', zh: 'zh-CN-HuihuiRUS' };
const timeZone = 'Asia/Singapore';
const hours = openingHours({ timeZone, days: { 'tue-fri': '10:00-20:00', 'sat,sun': '10:00-17:00' }, holidays: ['01-01'] });

/** A library that speaks two languages. A text is one string, or one per language; a flow with `voices` refuses a text that lacks one of them. */
export default defineFlow(
  {
    name: 'bilingual',
    voices,
    keys: { repeat: '*', back: '9' },
    // What questions say of their own accord is English unless it is given in every language.
    phrases,
    goodbye: { en: 'Goodbye.', zh: '再见。' },
    examples: { at: ['2026-01-06T03:00:00Z', '2026-01-05T03:00:00Z'] },
  },
  function* () {
    // Before a language is chosen, each text has the voice of its own language.
    yield say('Welcome to the city library. For English, press 1.', { voice: voices.en });
    const language = yield* menu(
      '欢迎致电市图书馆。中文请按 2。',
      { 1: 'en', 2: 'zh' },
      { id: 'language', voice: voices.zh, otherwise: 'en' },
    );
    yield useLanguage(language);
    yield* menu(
      { en: 'To renew your books press 1, for opening hours press 2.', zh: '续借请按 1，开放时间请按 2。' },
      { 1: renewBooks, 2: whenOpen },
      { id: 'main' },
    );
  },
);

function* renewBooks(): Flow {
  const card = yield* ask(
    { en: 'Please key in the six digits of your library card, or press 9 to go back.', zh: '请输入六位借书证号，返回请按 9。' },
    { id: 'card', validate: digits(6), confirm: true },
  );
  const due = yield* step('renew', ({ idempotencyKey }) => renew(card, idempotencyKey), {
    examples: { renewed: '2026-01-26', unknown: null },
    onError: () => null,
  });
  const day = due === null ? null : parseIsoDate(due);
  if (day === null) yield say({ en: 'We could not renew your books. Please ask at the desk.', zh: '无法续借，请到服务台咨询。' });
  else yield say({ en: `Your books are due on ${date(day, 'en')}.`, zh: `请于${date(day, 'zh')}前归还。` });
}

function* whenOpen(): Flow {
  const time = yield* now();
  const closing = hours.nextClosing(time);
  const opening = hours.nextOpening(time);
  const answer: Text =
    closing !== null
      ? { en: `We are open until ${clock(closing, 'en')}.`, zh: `今天开放至${clock(closing, 'zh')}。` }
      : opening !== null
        ? {
            en: `We open on ${date(opening, 'en')}, at ${clock(opening, 'en')}.`,
            zh: `${date(opening, 'zh')}${clock(opening, 'zh')}开放。`,
          }
        : { en: 'We are closed.', zh: '本馆关闭。' };
  yield* menu(
    [answer, { en: 'To renew your books press 1, to go back press 9.', zh: '续借请按 1，返回请按 9。' }],
    { 1: renewBooks },
    { id: 'hours' },
  );
}

function date(day: Date | LocalDate, language: 'en' | 'zh'): string {
  return spokenDate(day, { language, timeZone });
}

function clock(time: Date, language: 'en' | 'zh'): string {
  return spokenTime(time, { language, timeZone });
}
