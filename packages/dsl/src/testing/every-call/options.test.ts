import { describe, expect, it } from 'vitest';
import { say } from '../../effects/say.ts';
import { defineFlow } from '../../flow/define-flow.ts';
import { forEveryCall } from './every-call.ts';

const hello = defineFlow({ name: 'hello', voice: 'en-US-BenjaminRUS' }, function* () {
  yield* say('Hello.');
});

describe('what nobody could mean is refused:', () => {
  it.each([
    [{ run: 5 }, 'option', 'Did you mean "runs"?'],
    [{ runs: 0 }, 'runs', 'an integer from 1 to 1000000'],
    [{ deeds: 1.5 }, 'deeds', 'an integer from 1 to 1000'],
    [{ seed: 'x' }, 'seed', 'must be an integer.'],
    [{ path: 4 }, 'path', "such as '4:1:0'"],
    [{ endOnFailure: 1 }, 'endOnFailure', 'true or false'],
    [{ calls: [] }, 'calls', 'a list of beginnings'],
    [{ steps: { 'check-pin': true } }, 'steps.check-pin', 'a list of results'],
    [{ at: 'tomorrow' }, 'now', 'must be ISO 8601'],
    [{ calls: [{ form: null }] }, 'option', 'Did you mean "from"?'],
  ])('%j', async (options, option, says) => {
    const refused = forEveryCall(hello, () => undefined, options as never);
    await expect(refused).rejects.toThrow(
      expect.objectContaining({ code: 'HS_TEST_CALL_OPTION', option, message: expect.stringContaining(says) as string }),
    );
  });

  it('no flow, no sentence', async () => {
    await expect(forEveryCall({} as never, () => undefined)).rejects.toThrow('expected what defineFlow returns');
    await expect(forEveryCall(hello, true as never)).rejects.toThrow('expected a function of a call');
  });
});
