/** A text in one language, or in each of a plan's languages. */
export type PlanText = string | { readonly en: string; readonly zh: string };

/** Validators by name; what each is made with stands in `plan-to-flow.ts`. */
export const VALIDATORS = ['digits', 'pin', 'card', 'date', 'numberRange', 'phoneNumber', 'amount', 'custom'] as const;
export type ValidatorName = (typeof VALIDATORS)[number];

/** How a `try` deals with what is thrown in it: not at all, as the manual says, or as nobody should, the end of the session included. */
export const CATCHES = ['nothing', 'failures', 'everything'] as const;

/** What one part of a random flow does: a flow as data, which `planToFlow` runs. Every part makes a valid flow, alone and together. */
export type Part =
  | { readonly do: 'say'; readonly text: PlanText; readonly repetition: number; readonly speed: number }
  | { readonly do: 'file'; readonly name: string }
  | {
      readonly do: 'capture';
      readonly prompt: PlanText;
      readonly named: boolean;
      readonly min: number;
      readonly max: number;
      readonly fixed: boolean;
      readonly sensitive: boolean;
      readonly messages: boolean;
    }
  | {
      readonly do: 'menu';
      readonly prompt: PlanText;
      readonly options: readonly string[];
      readonly attempts: number;
      readonly otherwise: boolean;
    }
  | {
      readonly do: 'branches';
      readonly prompt: PlanText;
      readonly branches: readonly (readonly [option: string, body: readonly Part[]])[];
      readonly attempts: number;
      readonly otherwise: readonly Part[] | null;
    }
  | {
      readonly do: 'ask';
      readonly prompt: PlanText;
      readonly validator: ValidatorName;
      readonly confirmed: boolean;
      readonly otherwise: boolean;
    }
  | { readonly do: 'confirm'; readonly prompt: PlanText; readonly yes: readonly Part[]; readonly no: readonly Part[] }
  | { readonly do: 'bridge'; readonly to: string; readonly named: boolean }
  | {
      readonly do: 'step';
      readonly results: readonly unknown[];
      readonly fails: boolean;
      readonly onError: boolean;
      readonly sensitive: boolean;
    }
  | { readonly do: 'loop'; readonly times: number; readonly body: readonly Part[] }
  | { readonly do: 'part'; readonly body: readonly Part[] }
  | {
      readonly do: 'try';
      readonly body: readonly Part[];
      readonly catches: (typeof CATCHES)[number];
      readonly finally: readonly Part[];
    }
  /** Goes one way or the other by how much was answered so far, which merging by site hides. */
  | { readonly do: 'fork'; readonly even: readonly Part[]; readonly odd: readonly Part[] }
  | { readonly do: 'language'; readonly language: 'en' | 'zh' }
  | { readonly do: 'voice'; readonly voice: string }
  /** Speaks of what was answered so far. */
  | { readonly do: 'recall' }
  | { readonly do: 'random' }
  | { readonly do: 'now' }
  | { readonly do: 'log' }
  | { readonly do: 'hangup' };

/** A random flow as data. */
export interface Plan {
  readonly body: readonly Part[];
  readonly keys: { readonly repeat?: string; readonly back?: string; readonly main?: string };
  readonly operator: readonly Part[] | null;
  readonly goodbye: string | null;
}
