import { startCall, type StartCallOptions } from '@hookswitch/dsl/testing';
import { inEveryMode, testEveryPath } from '@hookswitch/dsl/vitest';
import { describe, expect, it } from 'vitest';
import bilingual from './bilingual.ts';

const TUESDAY_NOON = '2026-01-06T12:00:00+08:00';
const MONDAY_NOON = '2026-01-05T12:00:00+08:00';
const steps = { renew: '2026-01-26' };

const inChinese = async (options: StartCallOptions = {}) => {
  const call = await startCall(bilingual, { steps, ...options });
  await call.press('2');
  return call;
};

describe('the library', () => {
  it('greets in both languages, each in its own voice', async () => {
    const call = await startCall(bilingual);
    expect(call).toHaveSent([
      { action: 'say', params: { voiceProfile: 'en-US-ZiraRUS' } },
      { action: 'sayAndCapture', params: { voiceProfile: 'zh-CN-HuihuiRUS' } },
    ]);
  });

  it('speaks English to who chooses nothing', async () => {
    const call = await startCall(bilingual);
    for (let attempt = 1; attempt <= 3; attempt++) await call.stayQuiet();
    expect(call).toHear('To renew your books press 1');
  });

  it('says everything in the language that was chosen', async () => {
    const call = await inChinese();
    await call.press('1');
    await call.press('12');
    await call.press('123456');
    await call.press('1');
    expect(call).toMatchInlineSnapshot(`
      ☎ +6590000001 calls +6560000000 (inbound)
      » Welcome to the city library. For English, press 1.
      » 欢迎致电市图书馆。中文请按 2。
      « 2
      » 续借请按 1，开放时间请按 2。
      « 1
      » 请输入六位借书证号，返回请按 9。
      « 1 2 (pause)
      » 位数不够。
      » 请输入六位借书证号，返回请按 9。
      « 1 2 3 4 5 6
      » 您输入的是 1, 2, 3, 4, 5, 6。正确请按 1，重新输入请按 2。
      « 1
      · renew → "2026-01-26"
      » 请于1月26日星期一前归还。
      ⏹ the flow hung up
    `);
  });

  it('speaks with the voice of that language', async () => {
    const call = await inChinese();
    expect(call.sent.at(-1)?.callflow[0]).toMatchObject({ params: { voiceProfile: 'zh-CN-HuihuiRUS' } });
  });

  it.each([
    ['1', TUESDAY_NOON, 'We are open until 8:00 PM.'],
    ['1', MONDAY_NOON, 'We open on Tuesday, January 6, at 10:00 AM.'],
    ['2', TUESDAY_NOON, '今天开放至20:00。'],
    ['2', MONDAY_NOON, '1月6日星期二10:00开放。'],
  ])('tells when it is open to who pressed %s on %s', async (language, now, answer) => {
    const call = await startCall(bilingual, { now });
    await call.press(language);
    await call.press('2');
    expect(call).toHear(answer);
  });

  it('goes back from a question as from a menu', async () => {
    const call = await inChinese();
    await call.press('2');
    await call.press('1');
    expect(call).toBeAt('card');
    await call.press('9');
    expect(call).toBeAt('hours');
    await call.press('9');
    expect(call).toBeAt('main');
  });

  it.each([
    ['an unknown card', null],
    ['a library that does not answer', new Error('down')],
  ])('sends the owner of %s to the desk', async (_what, renew) => {
    const call = await startCall(bilingual, { steps: { renew } });
    for (const keys of ['1', '1', '999999', '1']) await call.press(keys);
    expect(call).toHear('Please ask at the desk.');
  });

  it('says goodbye in the language that was chosen', async () => {
    const call = await inChinese();
    for (let attempt = 1; attempt <= 3; attempt++) await call.stayQuiet();
    expect(call).toHear('再见。');
  });
});

inEveryMode('a caller who mistypes a card, and hangs up', bilingual, async (start) => {
  const call = await start({ steps });
  for (const keys of ['2', '1', '123457', '2', '123456']) await call.press(keys);
  await call.hangUp();
  expect(call).toHaveEnded();
});

testEveryPath(bilingual);
