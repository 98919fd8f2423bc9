import { expect, it } from 'vitest';
import './vitest.ts';

it('types the matchers', () => {
  const never = (call: unknown): void => {
    expect(call).toHear('Welcome');
    expect(call).not.toHaveHeard(/welcome/i);
    expect(call).toHaveSent({ action: 'say', params: { text: 'Hello.' } });
    // @ts-expect-error: a number is neither a text nor a pattern
    expect(call).toHear(42);
    // @ts-expect-error: it needs the site
    expect(call).toBeAt();
    // @ts-expect-error: it takes nothing
    expect(call).toHaveEnded('flow');
    // @ts-expect-error: no action of the Voice API has this name
    expect(call).toHaveSent({ action: 'speak' });
  };
  expect(never).toBeTypeOf('function');
});
