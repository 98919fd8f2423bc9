import { describe, expect, it } from 'vitest';
import { checkCallflow } from './check-callflow.ts';
import { PARAMETERS } from './parameters.ts';
import { CALLFLOW_RULES, type CallflowRuleCode } from './rules.ts';
import { SMALLEST } from './smallest-violations.test-support.ts';

const codes = Object.keys(CALLFLOW_RULES) as CallflowRuleCode[];
const parameters = Object.entries(PARAMETERS).flatMap(([action, known]) => Object.keys(known).map((name) => `${action}.${name}`));

describe('the table of rules', () => {
  it('has a smallest violation for every rule, and none besides', () => {
    expect(Object.keys(SMALLEST).sort()).toEqual([...codes].sort());
  });

  it.each(codes)('%s is broken alone by its smallest violation', (code) => {
    const { body, ...options } = SMALLEST[code];
    expect(checkCallflow(body, options).map((violation) => violation.code)).toEqual([code]);
  });

  it.each(codes)('%s says how bad it is, where, why and what to do', (code) => {
    const { body, ...options } = SMALLEST[code];
    const { severity, statusCode, source, fix } = CALLFLOW_RULES[code];
    const [violation] = checkCallflow(body, options);
    expect(violation).toMatchObject({ severity, statusCode, source });
    expect(violation?.path).toMatch(/^\$/);
    expect(violation?.message).toContain(`; got ${violation?.came}. ${violation?.fix}`);
    expect(violation?.fix).toContain(fix);
    expect(violation?.came).not.toMatch(/\d/);
  });

  it.each(codes.filter((code) => CALLFLOW_RULES[code].via !== null))('%s is limited to one way of sending', (code) => {
    const other = CALLFLOW_RULES[code].via === 'vca' ? 'api' : 'vca';
    expect(checkCallflow(SMALLEST[code].body, { via: other }).map((violation) => violation.code)).not.toContain(code);
  });

  it.each(parameters)('%s is judged by at least one rule', (parameter) => {
    expect(codes.some((code) => CALLFLOW_RULES[code].judges.includes(parameter))).toBe(true);
  });

  it('names no parameter that does not exist', () => {
    const judged = codes.flatMap((code) => CALLFLOW_RULES[code].judges).filter((place) => !place.startsWith('$'));
    expect(judged.filter((place) => !parameters.includes(place))).toEqual([]);
  });

  it('is judged by the rules that name the parameter, and by no others', () => {
    const checked = Object.entries(PARAMETERS).flatMap(([action, known]) =>
      Object.entries(known).flatMap(([name, { checks }]) => checks.map(({ code }) => ({ code, place: `${action}.${name}` }))),
    );
    expect(checked.filter(({ code, place }) => !(CALLFLOW_RULES[code].judges as readonly string[]).includes(place))).toEqual([]);
  });

  it('gives 8x8 status codes that the API publishes', () => {
    const published = Array.from({ length: 20 }, (_, index) => -1001 - index);
    const used = codes.map((code) => CALLFLOW_RULES[code].statusCode).filter((status) => status !== null);
    expect(used.filter((status) => !published.includes(status))).toEqual([]);
  });
});
