import { startCall, type StartCallOptions } from '@hookswitch/dsl/testing';
import { inEveryMode, testEveryPath } from '@hookswitch/dsl/vitest';
import { describe, expect, it } from 'vitest';
import survey from './survey.ts';

const steps = { 'save-answers': undefined };
const afterTheAgent = async (options: StartCallOptions = {}) => {
  const call = await startCall(survey, { steps, ...options });
  await call.bridgeEnds({ outcome: 'answered', duration: 95 });
  return call;
};

describe('the survey', () => {
  it('follows the agent', async () => {
    const call = await afterTheAgent();
    await call.press('5');
    await call.press('1');
    expect(call).toMatchInlineSnapshot(`
      ☎ +6590000001 calls +6560000000 (inbound)
      » Welcome to Acme. After the call we would like to ask you two short questions.
      ✆ bridge to +6531589338 … answered, 95 s
      ⚑ agent: "spoke"
      » How friendly were we, from 1, not at all, to 5, very?
      « 5
      ⚑ friendly: 5
      » Is your problem solved? Press 1 for yes, 2 for no.
      « 1
      ⚑ solved: "yes"
      · save-answers → nothing
      » Thank you. Goodbye.
      ⏹ the flow hung up
    `);
  });

  it('is left out where nobody answered', async () => {
    const call = await startCall(survey);
    await call.bridgeEnds('no-answer');
    expect(call).toHear('All of our people are on the phone.');
    expect(call).toHaveTag({ agent: 'nobody' });
    expect(call).toHaveEnded();
  });

  it('says which numbers there are to who presses another one', async () => {
    const call = await afterTheAgent();
    await call.press('7');
    expect(call).toHear('The highest number is 5.');
  });

  it('goes on without an answer from who stays quiet', async () => {
    const call = await afterTheAgent();
    await call.stayQuiet();
    await call.stayQuiet();
    expect(call).toBeAt('solved');
  });

  it('keeps what was answered before the caller hung up', async () => {
    const call = await afterTheAgent();
    await call.press('4');
    await call.hangUp();
    expect(call).toHaveTag({ agent: 'spoke', friendly: 4 });
    expect(call).not.toHaveTag({ solved: 'no' });
    expect(call.transcript).toMatch(/⏹ the caller hung up\n· save-answers → nothing$/);
  });

  it('thanks the caller even where the answers can not be kept', async () => {
    const call = await afterTheAgent({ steps: { 'save-answers': new Error('the disk is full') } });
    await call.press('1');
    await call.press('2');
    expect(call).toHear('Thank you.');
  });
});

inEveryMode('an agent who is busy', survey, async (start) => {
  const call = await start();
  await call.bridgeEnds('busy');
  expect(call).toHaveEnded();
});

inEveryMode('a caller who hangs up on the agent: there is nothing to keep', survey, async (start) => {
  const call = await start();
  await call.hangUp('answered');
  expect(call).toHaveEnded();
});

testEveryPath(survey);
