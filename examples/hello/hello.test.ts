import { startCall } from '@hookswitch/dsl/testing';
import { inEveryMode, testEveryPath } from '@hookswitch/dsl/vitest';
import { describe, expect, it } from 'vitest';
import hello from './hello.ts';

describe('hello', () => {
  it('says which key was pressed', async () => {
    const call = await startCall(hello);
    expect(call).toHear('Press any key.');
    await call.press('5');
    expect(call).toHear('You pressed 5. Goodbye.');
    expect(call).toHaveEnded();
  });

  it('says goodbye to who presses nothing', async () => {
    const call = await startCall(hello);
    await call.stayQuiet();
    expect(call).toHear('You pressed nothing. Goodbye.');
  });

  it('ends where the caller hangs up', async () => {
    const call = await startCall(hello);
    await call.hangUp();
    expect(call).toHaveEnded();
  });
});

inEveryMode('a key', hello, async (start) => {
  const call = await start();
  await call.press('*');
  expect(call).toHear('You pressed *.');
});

testEveryPath(hello);
