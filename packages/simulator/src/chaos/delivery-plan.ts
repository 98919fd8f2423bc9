import type { Random } from '../random/random.ts';
import type { ChaosSettings } from './chaos-options.ts';

/** What will go wrong with one webhook. */
export interface DeliveryPlan {
  /** Delivered this much later, ms. */
  readonly delayMs: number;
  /** The connection of a first attempt breaks there. */
  readonly reset: 'half' | 'whole' | null;
  /** Its answer gets lost: once, or for good. */
  readonly lost: 'once' | 'for-good' | null;
  /** Its answer takes this much longer, ms. */
  readonly slowMs: number;
  readonly duplicate: boolean;
  readonly concurrent: boolean;
  readonly reordered: boolean;
}

/** Nothing goes wrong. */
export const CALM: DeliveryPlan = Object.freeze({
  delayMs: 0,
  reset: null,
  lost: null,
  slowMs: 0,
  duplicate: false,
  concurrent: false,
  reordered: false,
});

/** Draws what will go wrong with one webhook. Always draws as many numbers in the same order, so that one rate doesn't move what others hit. */
export function drawDelivery(chaos: ChaosSettings, random: Random, mayGetLost: boolean): DeliveryPlan {
  const { rates, ms } = chaos;
  const duplicate = random.chance(rates.duplicates);
  const concurrent = random.chance(rates.concurrent);
  const reordered = random.chance(rates.reordered);
  const delayed = random.chance(rates.delayed);
  const lost = random.chance(rates.lost);
  const lostForGood = random.chance(rates.lostForGood);
  const slow = random.chance(rates.slow);
  const reset = random.chance(rates.resets);
  const delayMs = random.int(1, Math.max(1, ms.delayed));
  const slowMs = random.int(1, Math.max(1, ms.slow));
  const where = random.chance(0.5) ? 'half' : 'whole';
  return {
    duplicate,
    concurrent,
    reordered,
    delayMs: delayed ? delayMs : 0,
    lost: mayGetLost && lostForGood ? 'for-good' : lost ? 'once' : null,
    slowMs: slow ? slowMs : 0,
    reset: reset ? where : null,
  };
}

/** What the caller of one turn will do out of turn. */
export interface TurnPlan {
  /** Hangs up while the server is asked, or this many ms after its answer began to play. */
  readonly gone: 'asking' | number | null;
  /** Hangs up first, and the summary overtakes the VCA. */
  readonly summaryFirst: boolean;
}

/** The caller stays. */
export const STAYS: TurnPlan = Object.freeze({ gone: null, summaryFirst: false });

/** Draws what the caller will do in one turn. */
export function drawTurn(chaos: ChaosSettings, random: Random): TurnPlan {
  const gone = random.chance(chaos.rates.gone);
  const summaryFirst = random.chance(chaos.rates.summaryFirst);
  const whileAsking = random.chance(0.5);
  const afterMs = random.int(0, chaos.ms.gone);
  return { gone: gone ? (whileAsking ? 'asking' : afterMs) : null, summaryFirst };
}

/** What will go wrong with a session's summary. */
export interface SummaryPlan {
  readonly lost: boolean;
  /** Comes this much later, ms. */
  readonly lateMs: number;
  /** A second one comes this long after it, ms; null where none does. */
  readonly againMs: number | null;
}

/** The summary comes once, and at once. */
export const TOLD_ONCE: SummaryPlan = Object.freeze({ lost: false, lateMs: 0, againMs: null });

/** Draws what will go wrong with a session's summary. */
export function drawSummary({ rates, ms }: ChaosSettings, random: Random): SummaryPlan {
  const [lost, late, again] = [
    random.chance(rates.lostSummaries),
    random.chance(rates.lateSummaries),
    random.chance(rates.doubleSummaries),
  ];
  const lateMs = random.int(1, Math.max(1, ms.lateSummaries));
  const againMs = random.int(1, Math.max(1, ms.doubleSummaries));
  return { lost, lateMs: late ? lateMs : 0, againMs: again ? againMs : null };
}
