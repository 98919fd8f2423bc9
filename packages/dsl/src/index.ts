/**
 * `@hookswitch/dsl`: phone menus as generator functions.
 *
 * Not exported on purpose: the driver, the replay and XState itself; `compile` is the way in.
 */

// Writing flows
export { defineFlow, isFlow } from './flow/define-flow.ts';
export type {
  Divergence,
  FlowBody,
  FlowDefinition,
  FlowExamples,
  FlowLimits,
  FlowModule,
  FlowOptions,
  FlowResult,
  StandardSchema,
  UniversalKeys,
} from './flow/flow-options.ts';
export { subflow } from './flow/subflow.ts';
export { virtualNumber } from './flow/call.ts';
export { checkParams, paramsIssueText } from './flow/call-params.ts';
export { checkSignal } from './flow/signal-value.ts';
export type { CheckedSignal } from './flow/signal-value.ts';
export type { CheckedParams, ParamsIssue } from './flow/call-params.ts';
export type { Call, InboundCall, NoParams, OutboundCall } from './flow/call.ts';
export type { Effect, Flow } from './flow/effect.ts';
export type { Audio, PerLanguage, Prompt, Text } from './flow/text.ts';

// Effects
export { bridge } from './effects/bridge.ts';
export type { Bridge, BridgeOptions, BridgeOutcome, BridgeResult } from './effects/bridge.ts';
export { capture } from './effects/capture.ts';
export type { Capture, CaptureExample, CaptureOptions, CaptureShape } from './effects/capture.ts';
export { currentLanguage } from './effects/current-language.ts';
export type { CurrentLanguage } from './effects/current-language.ts';
export { decline } from './effects/decline.ts';
export type { Decline } from './effects/decline.ts';
export { hangup } from './effects/hangup.ts';
export type { Hangup } from './effects/hangup.ts';
export { log } from './effects/log.ts';
export type { Log } from './effects/log.ts';
export { now } from './effects/now.ts';
export type { Now } from './effects/now.ts';
export { playFile } from './effects/play-file.ts';
export type { PlayFile, PlayFileOptions } from './effects/play-file.ts';
export { random } from './effects/random.ts';
export type { Random } from './effects/random.ts';
export { say } from './effects/say.ts';
export type { Say, SayOptions } from './effects/say.ts';
export { step } from './effects/step.ts';
export type { Step, StepContext, StepFailure, StepOptions } from './effects/step.ts';
export { tags } from './effects/tags.ts';
export type { TagsOptions } from './effects/tags.ts';
export type { SetTags, TagKind, TagKinds, Tags, TagValue, TagValues } from './flow/tags.ts';
export { settings } from './effects/settings.ts';
export type { SettingsOptions } from './effects/settings.ts';
export { settingValue, settingValues } from './flow/settings.ts';
export type {
  AnySettingValues,
  AudioSetting,
  BooleanSetting,
  ChoiceSetting,
  NumberSetting,
  PhoneSetting,
  ReadSettings,
  SettingDeclaration,
  SettingDeclarations,
  SettingProblem,
  Settings,
  SettingValue,
  SettingValues,
  TextSetting,
} from './flow/settings.ts';
export { useLanguage } from './effects/use-language.ts';
export type { UseLanguage } from './effects/use-language.ts';
export { waitFor } from './effects/wait-for.ts';
export type { SignalResult, WaitFor, WaitForOptions } from './effects/wait-for.ts';
export type { Duration } from './arguments/duration.ts';
export { useVoice } from './effects/use-voice.ts';
export type { UseVoice } from './effects/use-voice.ts';

// Composed effects
export { ask } from './questions/ask/ask.ts';
export type { AskOptions } from './questions/ask/ask-options.ts';
export type { AskConfirmation, AskEvent } from './questions/ask/ask-options.ts';
export type { Composite } from './effects/composite.ts';
export { confirm } from './questions/menu/confirm.ts';
export type { ConfirmOptions } from './questions/menu/confirm.ts';
export { isHuman } from './questions/menu/is-human.ts';
export type { IsHumanOptions } from './questions/menu/is-human.ts';
export { menu } from './questions/menu/menu.ts';
export type { MenuBranches, MenuValues, Settled } from './questions/menu/menu.ts';
export type { MenuOptions } from './questions/menu/menu-options.ts';
export type { Branch } from './questions/menu/branch-option.ts';
export type { MenuEvent } from './questions/menu/menu-options.ts';
export { PHRASES } from './flow/phrases.ts';
export type { PhraseName, Phrases } from './flow/phrases.ts';
export type { AttemptOptions } from './questions/attempts.ts';
export type { Escalation } from './questions/prompts.ts';
export type { OwnKeys } from './questions/universal-keys.ts';
export { uninterruptible } from './effects/uninterruptible.ts';

// What ask takes as an answer
export { amount } from './questions/validators/amount.ts';
export type { AmountOptions } from './questions/validators/amount.ts';
export { card } from './questions/validators/card.ts';
export type { CardOptions } from './questions/validators/card.ts';
export { custom } from './questions/validators/custom.ts';
export type { CustomOptions } from './questions/validators/custom.ts';
export { date } from './questions/validators/date.ts';
export type { DateOf, DateOptions } from './questions/validators/date.ts';
export type { DateFormat, DateRange } from './questions/validators/date-format.ts';
export { digits } from './questions/validators/digits.ts';
export { invalid } from './questions/validators/invalid.ts';
export type { Invalid } from './questions/validators/invalid.ts';
export { numberRange } from './questions/validators/number-range.ts';
export { phoneNumber } from './questions/validators/phone-number.ts';
export type { PhoneNumberOptions } from './questions/validators/phone-number.ts';
export { pin } from './questions/validators/pin.ts';
export type { EntryExample, Validator, ValidatorOptions } from './questions/validators/validator.ts';

// Dates, opening hours and calling hours, all of an explicit time zone
export { addDays, compareDates, isoDate, parseIsoDate, weekday } from './calendar/dates.ts';
export type { LocalDate, LocalTime, YearMonth } from './calendar/dates.ts';
export { spokenDate, spokenTime } from './calendar/dates-spoken.ts';
export type { SpokenOptions } from './calendar/dates-spoken.ts';
export { localDate, localTime } from './calendar/dates-zoned.ts';
export { callingHours } from './calendar/calling-hours.ts';
export type { CallingHours, CallingHoursOptions, CallingWindow } from './calendar/calling-hours.ts';
export { countryZone } from './calendar/country-zone.ts';
export { openingHours } from './calendar/opening-hours.ts';
export type { OpeningHours, OpeningHoursOptions } from './calendar/opening-hours.ts';
export type { HolidayHours, WeekHours } from './calendar/opening-days.ts';
export type { DayHours } from './calendar/day-hours.ts';

// The callflow contract
export type {
  Action,
  ActionName,
  CallflowResponse,
  HangupAction,
  MakeCallAction,
  PlayFileAction,
  SayAction,
  SayAndCaptureAction,
} from './callflow/actions.ts';

export { checkCallflow } from './callflow/check-callflow.ts';
export type { CheckCallflowOptions } from './callflow/check-callflow.ts';
export { CALLFLOW_RULES } from './callflow/rules.ts';
export type { CallflowRule, CallflowRuleCode } from './callflow/rules.ts';
export type { Violation } from './callflow/violation.ts';

// For tools that report mistakes
export { cutText } from './callflow/cut-text.ts';
export { didYouMean, nearMiss } from './callflow/near-miss.ts';

// Compiling and resuming
export { compile } from './machine/compile.ts';
export type { CompiledFlow, CompileOptions, FlowSnapshot, Position } from './machine/compile.ts';
export type { FlowMachine } from './machine/build-machine.ts';
export type {
  ActionCompleted,
  CallStarted,
  FlowEvent,
  FlowMachineEvent,
  SessionEnded,
  SettingsRead,
  SignalReceived,
  SignalTimedOut,
  StepSettled,
} from './machine/events.ts';
export type { LiveCacheMode } from './machine/live-cache.ts';
export { Journal, TURNED_AWAY } from './generator/journal.ts';
export type { DivergenceMark, Entry } from './generator/journal.ts';
export { performStep, stepFailure } from './generator/perform-step.ts';
export type { StepOutcome } from './generator/perform-step.ts';
export { throughJson } from './generator/json.ts';
export { declines } from './generator/declines.ts';
export { holdPiece } from './generator/hold-piece.ts';
export type { HoldPiece } from './generator/hold-piece.ts';
export type { Wait } from './generator/decision.ts';

// Exploring
export { explore } from './chart/explore.ts';
export type { ExploreOptions } from './chart/explore.ts';
export type { Chart, ChartArrow, ChartSite, Explored, ExploreLimit } from './chart/chart.ts';
export type { Reached, Witness } from './chart/witness.ts';
export { verify } from './chart/verify.ts';
export type { Verification, VerifyOptions } from './chart/verify.ts';
export { AFTER_BRIDGE, VERIFY_CODES } from './chart/problem.ts';
export type { AfterBridge, Problem, VerifyCode } from './chart/problem.ts';

// Replaying what was recorded
export { adviseOnReplayed, describeReplayed } from './recorded/describe-replayed.ts';
export type { DescribeOptions } from './recorded/describe-replayed.ts';
export { JournalFileError } from './recorded/errors/journal-file-error.ts';
export { madeUpCall } from './recorded/made-up-call.ts';
export type { MadeUpCall, NotMadeUp } from './recorded/made-up-call.ts';
export { readJournalFile } from './recorded/read-journal-file.ts';
export { REPLAY_VERDICTS, replayRecorded } from './recorded/replay-recorded.ts';
export type { ReplayedCall, ReplayVerdict } from './recorded/replay-recorded.ts';
export { walkCall } from './recorded/walked-call.ts';
export type { AnswerKind, Passage, WalkedCall } from './recorded/walked-call.ts';
export type { HeardBatch, HiddenEntry, JournalFile, RecordedCall } from './recorded/recorded-call.ts';

// Drawing
export { plainArrows } from './chart/plain-arrows.ts';
export type { DrawingOptions, TakenParts } from './chart/plain-arrows.ts';
export type { ArrowName, TakenArrow } from './chart/taken-arrow.ts';
export { toMermaid } from './chart/mermaid.ts';
export { compareCharts } from './chart/compare-charts.ts';
export type { ArrowChange, ChartChanges, ComparedChart, SiteChange } from './chart/compare-charts.ts';
export { changesToMermaid } from './chart/mermaid-changes.ts';
export { toStately } from './chart/stately.ts';
export type { StatelyMachine, StatelyState, StatelyTransition } from './chart/stately.ts';

// Errors that callers tell apart; all others are known by their codes
export {
  DivergenceError,
  EffectArgumentError,
  FlowDefinitionError,
  HookswitchError,
  isError,
  isHookswitchError,
  isNoAnswerError,
  isStepFailedError,
  NoAnswerError,
  StepFailedError,
  StepResultError,
} from './errors/index.ts';
