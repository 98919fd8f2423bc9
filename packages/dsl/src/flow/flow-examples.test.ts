import { describe, expect, it } from 'vitest';
import { FlowDefinitionError } from '../errors/index.ts';
import { defineFlow } from './define-flow.ts';
import { exampleProblem } from './flow-examples.ts';

const WRONG: [string, unknown, string][] = [
  ['from', '+6590000001', 'examples.from must be a list; got a text'],
  ['from', null, 'examples.from must be a list; got null'],
  ['from', [null, 5], 'examples.from[1] must be a number in E.164 form, 7 to 15 digits, or null'],
  ['from', [undefined], 'examples.from[0]'],
  ['from', [''], 'examples.from[0] must be a number in E.164 form, 7 to 15 digits, or null for a withheld one; got an empty text'],
  ['from', ['anonymous'], 'got a text that is none'],
  ['from', ['+65 9000 0001'], 'examples.from[0]'],
  ['from', ['065900001'], 'examples.from[0]'],
  ['from', ['+123456'], 'examples.from[0]'],
  ['from', ['+1234567890123456'], 'examples.from[0]'],
  ['from', ['+6590000001', null, '6590000001'], 'examples.from[2] must differ from the others; got the same as examples.from[0]'],
  ['from', [null, null], 'examples.from[1] must differ'],
  ['to', [null], 'examples.to[0] must be a number'],
  ['to', ['here'], 'examples.to[0] must be a number'],
  ['to', ['+6560000000', '+6560000000'], 'examples.to[1] must differ'],
  ['at', ['tomorrow'], 'examples.at[0] must be a time'],
  ['at', [0], 'examples.at[0] must be a time'],
  ['at', ['2026-02-30T09:00:00Z'], 'examples.at[0] must be a time'],
  ['at', ['2026-03-05T09:30:00'], 'examples.at[0] must be a time in ISO 8601 with "Z" or an offset'],
  ['at', ['2026-03-05T09:30:00Z', '2026-03-05T10:30:00+01:00'], 'examples.at[1] must differ'],
  ['params', [null], 'examples.params[0] must be an object that is JSON'],
  ['params', [{}, [1]], 'examples.params[1] must be an object that is JSON'],
  ['params', [{ a: 1 }, { a: 1 }], 'examples.params[1] must differ'],
  ['direction', ['out'], "examples.direction[0] must be 'inbound' or 'outbound'"],
  ['direction', ['inbound', 'inbound'], 'examples.direction[1] must differ'],
];

const RIGHT: [string, readonly unknown[]][] = [
  ['from', []],
  ['from', [null, '+6590000001', '6590000002', '+1234567', '+123456789012345']],
  ['to', ['+6560000000']],
  ['at', ['2026-03-05T09:30:00Z', '2026-03-05T09:30:00.500+08:00', '2026-03-06', '2026-03-07T10:00Z']],
  ['params', [{}, { a: [1] }]],
  ['direction', ['inbound', 'outbound']],
];

describe('the examples of a flow', () => {
  it.each(WRONG)('are refused where the flow is defined: %s %j', (name, values, message) => {
    const define = () => defineFlow({ name: 'subject', voice: 'en-US-ZiraRUS', examples: { [name]: values } as never }, function* () {});
    expect(define).toThrow(FlowDefinitionError);
    expect(define).toThrow(message);
    expect(define).not.toThrow(/\d{7}/);
  });

  it.each(RIGHT)('may be these: %s %j', (name, values) => {
    expect(exampleProblem(name, values)).toBeNull();
  });
});
