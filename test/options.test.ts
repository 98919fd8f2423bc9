import { type OptionSet, optionSet, type Schema } from '@hookswitch/dsl/options';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  HOOKS,
  HOOKSWITCH_OPTIONS,
  type Hooks,
  type HookswitchOptions,
  SUBACCOUNT,
  type SubAccountOptions,
} from '../packages/runtime/src/assembly/options.ts';
import { FALLBACK, SESSION_OPTIONS } from '../packages/runtime/src/assembly/session-options.ts';
import { APP_OPTIONS, type AppOptions } from '../packages/runtime/src/app.ts';
import { SERVER_OPTIONS, type ServerOptions } from '../packages/runtime/src/server.ts';
import { SHUTDOWN_OPTIONS, type ShutdownOptions } from '../packages/runtime/src/shutdown.ts';
import type { Fallback, SessionSettings } from '../packages/runtime/src/calls/settings.ts';
import { CLIENT_OPTIONS, type PlatformClientOptions, RATE_LIMIT, RETRY_POLICY } from '../packages/runtime/src/platform/client-options.ts';
import { LOG_EXPORT_RANGE, type LogExportRange } from '../packages/runtime/src/platform/log-exports.ts';
import { RECORDING_PUSH, type RecordingPushDefinition } from '../packages/runtime/src/platform/recording-push.ts';
import type { RetryPolicy } from '../packages/runtime/src/platform/retry-policy.ts';
import type { RateLimit } from '../packages/runtime/src/platform/token-bucket.ts';
import { WEBHOOK, type WebhookDefinition } from '../packages/runtime/src/platform/webhooks.ts';
import { POSTGRES_OPTIONS, type PostgresStoreOptions } from '../packages/runtime/src/store/postgres/options.ts';
import { SQLITE_OPTIONS, type SqliteStoreOptions } from '../packages/runtime/src/store/sqlite/options.ts';
import { BEHAVIOUR, type Behaviour, CAPTURE, REDELIVERY, type Redelivery } from '../packages/simulator/src/behaviour.ts';
import { INBOUND_CALL, type InboundCall, LISTEN, type ListenOptions } from '../packages/simulator/src/call-options.ts';
import { PARTY, type Party } from '../packages/simulator/src/callers/party.ts';
import { WALKER, type WalkerOptions } from '../packages/simulator/src/callers/walker.ts';
import { CALLEES, type CalleesOptions } from '../packages/simulator/src/callees.ts';
import { CHAOS, type ChaosOptions } from '../packages/simulator/src/chaos/chaos-options.ts';
import { SHARED_CLOCK, type SharedClockOptions } from '../packages/simulator/src/clock/shared-clock.ts';
import { VIRTUAL_CLOCK, type VirtualClockOptions } from '../packages/simulator/src/clock/virtual-clock.ts';
import { LOAD_OPTIONS, type LoadOptions, OUTBOUND_LOAD, type OutboundLoad } from '../packages/simulator/src/load/load-options.ts';
import { CALLEE, type Callee, PLATFORM_OPTIONS, type PlatformOptions } from '../packages/simulator/src/platform-options.ts';
import { WIRE, type WireBehaviour } from '../packages/simulator/src/wire/wire-behaviour.ts';
import {
  COVERAGE_OPTIONS,
  COVERAGE_SHARE,
  COVERAGE_THRESHOLDS,
  type CoverageOptions,
  type CoverageShare,
  type CoverageThresholds,
} from '../packages/dsl/src/covered/options.ts';
import type { CaptureBehaviour } from '../packages/dsl/src/testing/capture-behaviour.ts';
import type { HookswitchConfig } from '../packages/cli/src/config/define-config.ts';
import { SETTINGS } from '../packages/cli/src/config/settings.ts';
import { type Disagreement, documentedDefaults } from './support/option-sets.ts';

/** Every set of options: its schema, and the interface that users see. */
const SETS: readonly (readonly [string, string, OptionSet<Readonly<Record<string, Schema>>, string>])[] = [
  ['HookswitchOptions', 'runtime/src/assembly/options.ts', HOOKSWITCH_OPTIONS],
  ['AppOptions', 'runtime/src/app.ts', APP_OPTIONS],
  ['ServerOptions', 'runtime/src/server.ts', SERVER_OPTIONS],
  ['ShutdownOptions', 'runtime/src/shutdown.ts', SHUTDOWN_OPTIONS],
  ['Hooks', 'runtime/src/assembly/options.ts', HOOKS],
  ['SubAccountOptions', 'runtime/src/assembly/options.ts', SUBACCOUNT],
  ['SessionSettings', 'runtime/src/calls/settings.ts', SESSION_OPTIONS],
  ['Fallback', 'runtime/src/calls/settings.ts', FALLBACK],
  ['RetryPolicy', 'runtime/src/platform/retry-policy.ts', RETRY_POLICY],
  ['RateLimit', 'runtime/src/platform/token-bucket.ts', RATE_LIMIT],
  ['PlatformClientOptions', 'runtime/src/platform/client-options.ts', CLIENT_OPTIONS],
  ['LogExportRange', 'runtime/src/platform/log-exports.ts', LOG_EXPORT_RANGE],
  ['RecordingPushDefinition', 'runtime/src/platform/recording-push.ts', RECORDING_PUSH],
  ['WebhookDefinition', 'runtime/src/platform/webhooks.ts', WEBHOOK],
  ['PostgresStoreOptions', 'runtime/src/store/postgres/options.ts', POSTGRES_OPTIONS],
  ['SqliteStoreOptions', 'runtime/src/store/sqlite/options.ts', SQLITE_OPTIONS],
  ['Behaviour', 'simulator/src/behaviour.ts', BEHAVIOUR],
  ['Redelivery', 'simulator/src/behaviour.ts', REDELIVERY],
  ['CaptureBehaviour', 'dsl/src/testing/capture-behaviour.ts', CAPTURE],
  ['CoverageOptions', 'dsl/src/covered/options.ts', COVERAGE_OPTIONS],
  ['CoverageThresholds', 'dsl/src/covered/options.ts', COVERAGE_THRESHOLDS],
  ['CoverageShare', 'dsl/src/covered/options.ts', COVERAGE_SHARE],
  ['WireBehaviour', 'simulator/src/wire/wire-behaviour.ts', WIRE],
  ['InboundCall', 'simulator/src/call-options.ts', INBOUND_CALL],
  ['ListenOptions', 'simulator/src/call-options.ts', LISTEN],
  ['Party', 'simulator/src/callers/party.ts', PARTY],
  ['WalkerOptions', 'simulator/src/callers/walker.ts', WALKER],
  ['ChaosOptions', 'simulator/src/chaos/chaos-options.ts', CHAOS],
  ['SharedClockOptions', 'simulator/src/clock/shared-clock.ts', SHARED_CLOCK],
  ['VirtualClockOptions', 'simulator/src/clock/virtual-clock.ts', VIRTUAL_CLOCK],
  ['LoadOptions', 'simulator/src/load/load-options.ts', LOAD_OPTIONS],
  ['OutboundLoad', 'simulator/src/load/load-options.ts', OUTBOUND_LOAD],
  ['CalleesOptions', 'simulator/src/callees.ts', CALLEES],
  ['Callee', 'simulator/src/platform-options.ts', CALLEE],
  ['HookswitchConfig', 'cli/src/config/define-config.ts', optionSet(SETTINGS)],
  ['PlatformOptions', 'simulator/src/platform-options.ts', PLATFORM_OPTIONS],
];

/** Its defaults are those of the capture engine; the simulator changes one. */
const ELSEWHERE = ['CaptureBehaviour'];

/** A default as docstrings write it; null where they must use words. */
function written(standard: unknown): string | null {
  if (typeof standard === 'string') return `'${standard}'`;
  return typeof standard === 'object' && standard !== null ? null : JSON.stringify(standard);
}

describe.each(SETS)('%s', (name, file, { properties }) => {
  const documented = documentedDefaults(file, name);

  it('has the keys of its schema, in the same order', () => {
    expect(Object.keys(documented)).toEqual(Object.keys(properties));
  });

  it.skipIf(ELSEWHERE.includes(name))('documents the defaults of its schema', () => {
    const wrong = Object.entries(properties).filter(([key, option]) => {
      const said = documented[key] ?? null;
      if (option.default === undefined) return said !== null && /^('[^']*'|[\d.]+|true|false)$/.test(said);
      return said === null || !said.startsWith(written(option.default) ?? '');
    });
    expect(wrong.map(([key, option]) => `${key}: ${documented[key] ?? 'nothing'}, not ${written(option.default) ?? 'words'}`)).toEqual([]);
  });
});

it('types of options are what their schemas say', () => {
  expectTypeOf<Disagreement<typeof HOOKSWITCH_OPTIONS, HookswitchOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof SERVER_OPTIONS, Omit<ServerOptions, keyof AppOptions | keyof ShutdownOptions>>>().toBeNever();
  expectTypeOf<Disagreement<typeof SHUTDOWN_OPTIONS, ShutdownOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof HOOKS, Hooks>>().toBeNever();
  expectTypeOf<Disagreement<typeof SUBACCOUNT, SubAccountOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof SESSION_OPTIONS, Partial<SessionSettings>>>().toBeNever();
  expectTypeOf<Disagreement<typeof FALLBACK, Fallback>>().toBeNever();
  expectTypeOf<Disagreement<typeof RETRY_POLICY, Partial<RetryPolicy>>>().toBeNever();
  expectTypeOf<Disagreement<typeof RATE_LIMIT, Partial<RateLimit>>>().toBeNever();
  expectTypeOf<Disagreement<typeof CLIENT_OPTIONS, PlatformClientOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof LOG_EXPORT_RANGE, LogExportRange>>().toBeNever();
  expectTypeOf<Disagreement<typeof RECORDING_PUSH, RecordingPushDefinition>>().toBeNever();
  expectTypeOf<Disagreement<typeof WEBHOOK, WebhookDefinition>>().toBeNever();
  expectTypeOf<Disagreement<typeof POSTGRES_OPTIONS, PostgresStoreOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof SQLITE_OPTIONS, SqliteStoreOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof BEHAVIOUR, Partial<Behaviour>>>().toBeNever();
  expectTypeOf<Disagreement<typeof REDELIVERY, Partial<Redelivery>>>().toBeNever();
  expectTypeOf<Disagreement<typeof CAPTURE, Partial<CaptureBehaviour>>>().toBeNever();
  expectTypeOf<Disagreement<typeof COVERAGE_OPTIONS, CoverageOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof COVERAGE_THRESHOLDS, CoverageThresholds>>().toBeNever();
  expectTypeOf<Disagreement<typeof COVERAGE_SHARE, CoverageShare>>().toBeNever();
  expectTypeOf<Disagreement<typeof WIRE, Partial<WireBehaviour>>>().toBeNever();
  expectTypeOf<Disagreement<typeof INBOUND_CALL, InboundCall>>().toBeNever();
  expectTypeOf<Disagreement<typeof LISTEN, ListenOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof PARTY, Party>>().toBeNever();
  expectTypeOf<Disagreement<typeof WALKER, WalkerOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof CHAOS, ChaosOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof SHARED_CLOCK, SharedClockOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof CALLEES, CalleesOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof VIRTUAL_CLOCK, VirtualClockOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof LOAD_OPTIONS, LoadOptions>>().toBeNever();
  expectTypeOf<Disagreement<typeof OUTBOUND_LOAD, OutboundLoad>>().toBeNever();
  expectTypeOf<Disagreement<typeof CALLEE, Callee>>().toBeNever();
  expectTypeOf<Disagreement<typeof PLATFORM_OPTIONS, PlatformOptions>>().toBeNever();
  // A level may be any text, so that a program can hand on a variable; tokens are read by a check of their own.
  expectTypeOf<
    Disagreement<OptionSet<Omit<typeof APP_OPTIONS.properties, 'logLevel'>, never>, Omit<AppOptions, keyof HookswitchOptions | 'logLevel'>>
  >().toBeNever();
  expectTypeOf<
    Disagreement<OptionSet<Omit<typeof SETTINGS, 'logLevel' | 'apiTokens'>, never>, Omit<HookswitchConfig, 'logLevel' | 'apiTokens'>>
  >().toBeNever();
});
