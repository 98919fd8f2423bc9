import type { ReadSettings } from '../flow/settings.ts';
import type { SetTags } from '../flow/tags.ts';
import type { Bridge } from './bridge.ts';
import type { Capture } from './capture.ts';
import type { CurrentLanguage } from './current-language.ts';
import type { Decline } from './decline.ts';
import type { Go } from './go.ts';
import type { Hangup } from './hangup.ts';
import type { Log } from './log.ts';
import type { Now } from './now.ts';
import type { PlayFile } from './play-file.ts';
import type { Random } from './random.ts';
import type { Say } from './say.ts';
import type { Step } from './step.ts';
import type { UseLanguage } from './use-language.ts';
import type { UseVoice } from './use-voice.ts';
import type { WaitFor } from './wait-for.ts';

/** Those for which a flow waits. */
export type Awaited = Capture | Bridge | Step<unknown> | WaitFor | ReadSettings;

/** Those that are done at once. */
export type AtOnce = Say | PlayFile | Now | Random | UseVoice | UseLanguage | CurrentLanguage | Log | SetTags;

/** Every effect but the composed ones, which are made of these. A kind that is missing in the driver doesn't compile. */
export type Primitive = Awaited | AtOnce | Hangup | Decline | Go;
