import { capture, type Capture } from '../../effects/capture.ts';
import { defineFlow } from '../../flow/define-flow.ts';
import type { FlowBody, FlowDefinition } from '../../flow/flow-options.ts';
import type { Problem } from '../problem.ts';
import { verify, type VerifyOptions } from '../verify.ts';

/** What `verify` finds in a flow with this body. */
export function problemsOf(body: FlowBody, more: Partial<FlowDefinition> = {}, options: VerifyOptions = {}): readonly Problem[] {
  return verify(defineFlow({ name: 'subject', voice: 'en-US-BenjaminRUS', ...more }, body), options).problems;
}

/** The same in short: severity, code, site, path. */
export function found(body: FlowBody, more: Partial<FlowDefinition> = {}, options: VerifyOptions = {}): readonly string[] {
  return problemsOf(body, more, options).map(({ severity, code, site, path }) => `${severity} ${code} ${site} [${path.join(' ')}]`);
}

/** A question of one key. */
export function key(id: string): Capture {
  return capture('Press a key.', { id, maxDigits: 1 });
}
