import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineFlow } from '../flow/define-flow.ts';
import { isSettings, type SettingDeclaration, settingValue, settingValues } from '../flow/settings.ts';
import { answer, insideFlow, refusal } from './make-effects.test-support.ts';
import { settingClasses } from './setting-classes.ts';
import { settings } from './settings.ts';

const declare = settings as (...args: readonly unknown[]) => unknown;
const one = (declaration: unknown): unknown => declare({ name: declaration });
const many = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, { kind: 'boolean', default: false }]));
const line = settings({
  closedToday: { kind: 'boolean', default: false, label: 'Closed today' },
  notice: { kind: 'text', default: null },
  season: { kind: 'choice', choices: ['summer', 'winter'], default: 'summer' },
  agent: { kind: 'phone', default: '+6531589338' },
  seats: { kind: 'number', default: 4, min: 0, max: 12, integer: true },
});

describe('settings', () => {
  it('are frozen data, apart from how they are read', () => {
    expect([line, line.declared, line.declared.season, line.declared.season.choices, line.examples].every(Object.isFrozen)).toBe(true);
    expect([isSettings(line), isSettings({ ...line.declared }), isSettings(null)]).toEqual([true, false, false]);
  });

  it.each<[string, () => unknown, string]>([
    ['nothing', () => declare(), 'the declaration'],
    ['a list', () => declare(['closed']), 'the declaration'],
    ['no setting', () => declare({}), 'the declaration'],
    ['21 settings', () => declare(many(21)), 'the declaration'],
    ['a name with a blank', () => declare({ 'a b': { kind: 'boolean', default: false } }), 'a name'],
    ['the prototype', () => declare({ ['__proto__']: { kind: 'boolean', default: false } }), 'a name'],
    ['the name of what every flow has', () => declare({ intake: { kind: 'boolean', default: false } }), 'a name'],
    ['a kind alone', () => one('boolean'), 'name'],
    ['no kind', () => one({ default: false }), 'name.kind'],
    ['a kind that there is none of', () => one({ kind: 'bolean', default: false }), 'name.kind'],
    ['a kind that every object has', () => one({ kind: 'constructor', default: false }), 'name.kind'],
    ['a field of another kind', () => one({ kind: 'boolean', default: false, choices: ['a', 'b'] }), 'name'],
    ['no default', () => one({ kind: 'boolean' }), 'name.default'],
    ['a default of another kind', () => one({ kind: 'boolean', default: 'no' }), 'name.default'],
    ['an empty text', () => one({ kind: 'text', default: '' }), 'name.default'],
    ['a text that is too long', () => one({ kind: 'text', default: 'abc', maxLength: 2 }), 'name.default'],
    ['a length that is none', () => one({ kind: 'text', default: null, maxLength: 3001 }), 'name.maxLength'],
    ['a number that no phone has', () => one({ kind: 'phone', default: '12' }), 'name.default'],
    ['an audio file that is none', () => one({ kind: 'audio', default: 'https://example.com/a.pdf' }), 'name.default'],
    ['one choice', () => one({ kind: 'choice', choices: ['a'], default: 'a' }), 'name.choices'],
    ['a choice twice', () => one({ kind: 'choice', choices: ['a', 'a'], default: 'a' }), 'name.choices[1]'],
    ['a choice of nothing', () => one({ kind: 'choice', choices: ['a', ' '], default: 'a' }), 'name.choices[1]'],
    ['a default that is no choice', () => one({ kind: 'choice', choices: ['a', 'b'], default: 'c' }), 'name.default'],
    ['a number out of its range', () => one({ kind: 'number', default: 3, min: 4 }), 'name.default'],
    ['a range that is none', () => one({ kind: 'number', default: 3, min: 4, max: 2 }), 'name.min'],
    ['an example that does not fit', () => one({ kind: 'number', default: 3, max: 4, example: 5 }), 'name.example'],
    ['a label of blanks', () => one({ kind: 'boolean', default: true, label: ' ' }), 'name.label'],
    [
      'examples that name nothing',
      () => declare({ a: { kind: 'boolean', default: true } }, { examples: { x: { b: true } } }),
      'examples.x',
    ],
    ['examples that do not fit', () => declare({ a: { kind: 'boolean', default: true } }, { examples: { x: { a: 1 } } }), 'examples.x.a'],
  ])('refuse at once %s', (_, make, argument) => {
    expect(refusal(make)).toMatchObject({ code: 'HS_SETTING_DECLARATION', argument: `settings.${argument}` });
  });

  it('must be given to the flow as they are', () => {
    expect(() => defineFlow({ name: 'a', voice: 'v', settings: {} as never }, function* () {})).toThrow(
      'settings must be what settings(…) returns',
    );
  });
});

describe('read', () => {
  it('is typed by the declaration', () => {
    const { yielded } = answer(
      function* () {
        const { closedToday, notice, season, agent, seats } = yield* line.read();
        expectTypeOf(closedToday).toEqualTypeOf<boolean>();
        expectTypeOf(notice).toEqualTypeOf<string | null>();
        expectTypeOf(season).toEqualTypeOf<'summer' | 'winter'>();
        expectTypeOf(agent).toEqualTypeOf<string>();
        expectTypeOf(seats).toEqualTypeOf<number>();
      },
      settingValues(line.declared, {}),
    );
    expect(yielded).toMatchObject([{ kind: 'settings' }]);
  });

  it('is refused in a flow that was not given them, and in one that was given others', () => {
    expect(refusal(() => insideFlow(() => line.read())).code).toBe('HS_SETTING_FOREIGN');
    const others = { voice: 'v', settings: settings({ closedToday: { kind: 'boolean', default: false } }) };
    expect(refusal(() => insideFlow(() => line.read(), others)).code).toBe('HS_SETTING_FOREIGN');
    expect(insideFlow(() => line.read(), { voice: 'v', settings: line }).kind).toBe('settings');
  });

  it('knows no other name and no other kind', () => {
    const never = (): void => {
      // @ts-expect-error: there is no such kind
      settings({ a: { kind: 'bolean', default: false } });
      // @ts-expect-error: a text is no switch
      settings({ a: { kind: 'boolean', default: 'no' } });
      // @ts-expect-error: no setting of that name
      settings({ a: { kind: 'boolean', default: false } }, { examples: { x: { b: true } } });
    };
    expect(never).toBeTypeOf('function');
  });
});

describe('a value', () => {
  it.each<[SettingDeclaration, unknown, unknown]>([
    [{ kind: 'boolean', default: false }, true, true],
    [{ kind: 'text', default: null }, 'We are\nclosed.  ', 'We are closed.'],
    [{ kind: 'text', default: null }, null, null],
    [{ kind: 'text', default: 'Hello.' }, '電話', '電話'],
    [{ kind: 'text', default: null, maxLength: 2 }, '👋👋', '👋👋'],
    [{ kind: 'phone', default: null }, '+6531589338', '+6531589338'],
    [{ kind: 'number', default: 1, max: 2 }, -3.5, -3.5],
    [{ kind: 'choice', choices: ['a', 'b'], default: 'a' }, 'b', 'b'],
    [{ kind: 'audio', default: null }, 'https://example.com/a.mp3', 'https://example.com/a.mp3'],
  ])('of %j may be %j', (declaration, value, kept) => {
    expect(settingValue(declaration, value)).toEqual({ value: kept, problem: null });
  });

  it.each<[SettingDeclaration, unknown]>([
    [{ kind: 'boolean', default: false }, null],
    [{ kind: 'boolean', default: false }, 'true'],
    [{ kind: 'text', default: 'Hello.' }, null],
    [{ kind: 'text', default: null }, ''],
    [{ kind: 'text', default: null }, '\u200b '],
    [{ kind: 'text', default: null }, 'a\u0000'],
    [{ kind: 'text', default: null }, 'a\ud800'],
    [{ kind: 'text', default: null }, 'x'.repeat(501)],
    [{ kind: 'text', default: null }, { en: 'Hello.' }],
    [{ kind: 'phone', default: null }, 6531589338],
    [{ kind: 'phone', default: null }, '+65 3158 9338'],
    [{ kind: 'number', default: 1 }, NaN],
    [{ kind: 'number', default: 1, integer: true }, 1.5],
    [{ kind: 'number', default: 1, max: 2 }, 3],
    [{ kind: 'choice', choices: ['a', 'b'], default: 'a' }, 'c'],
    [{ kind: 'audio', default: null }, 'ftp://example.com/a.mp3'],
  ])('of %j may not be %j', (declaration, value) => {
    expect(settingValue(declaration, value).problem).toMatchObject({
      says: expect.any(String) as string,
      came: expect.any(String) as string,
    });
  });

  it('whatever was stored gives values that fit', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('closedToday', 'notice', 'season', 'agent', 'seats', 'gone'), fc.jsonValue()), (given) => {
        const read = settingValues(line.declared, given);
        expect(Object.keys(read)).toEqual(Object.keys(line.declared));
        for (const [name, value] of Object.entries(read)) {
          expect(
            settingValue((line.declared as Readonly<Record<string, SettingDeclaration>>)[name] as SettingDeclaration, value).problem,
          ).toBeNull();
        }
      }),
    );
  });
});

describe('what exploration tries', () => {
  it('is every combination of a few, and each alone of many', () => {
    const few = settings({ a: { kind: 'boolean', default: false }, b: { kind: 'boolean', default: true } });
    expect(settingClasses(few).map(({ label }) => label)).toEqual(['as declared', 'not b', 'a', 'a + not b']);
    expect(settingClasses(line).map(({ label }) => label)).toEqual([
      'as declared',
      'closedToday',
      'notice',
      'season winter',
      'agent',
      'seats',
    ]);
  });

  it("is called by the author's examples where there are some", () => {
    const holiday = settings(
      { a: { kind: 'boolean', default: false }, b: { kind: 'text', default: null } },
      { examples: { holiday: { a: true, b: 'Away.' } } },
    );
    expect(settingClasses(holiday).map(({ label }) => label)).toEqual(['as declared', 'holiday', 'b', 'a', 'a + b']);
  });

  it('fits the declaration', () => {
    for (const declaration of [
      { kind: 'text', default: null, maxLength: 3 },
      { kind: 'number', default: 1, min: 1, max: 1 },
      { kind: 'phone', default: '+6560000001' },
      { kind: 'audio', default: null },
    ] as const satisfies readonly SettingDeclaration[]) {
      const all = settingClasses(settings({ a: declaration }));
      for (const { values } of all) expect(settingValue(declaration, values['a']).problem).toBeNull();
    }
  });
});
