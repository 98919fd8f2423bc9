import { expect, it } from 'vitest';
import * as simulator from './index.ts';

it('exports what it means to', () => {
  expect(Object.keys(simulator).sort()).toMatchInlineSnapshot(`
    [
      "CHAOS_KINDS",
      "DEFAULT_BEHAVIOUR",
      "SAMPLE_VOICES",
      "SessionOverError",
      "SimulatorClosedError",
      "SimulatorOptionError",
      "WEBHOOK_TYPES",
      "callees",
      "caller",
      "createPlatform",
      "differenceOf",
      "formatReport",
      "parseChaos",
      "randomFrom",
      "randomWalker",
      "realClock",
      "runCompared",
      "runLoad",
      "sameAs",
      "sharedClock",
      "silentCaller",
      "virtualClock",
    ]
  `);
});
