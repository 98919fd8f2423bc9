import { optionSet, orNull, withDefaults } from '@hookswitch/dsl/options';
import { AMOUNT, checkOption } from '../check-option.ts';

/** What a called party does; with `by-hand` somebody decides while it rings. */
export const PARTY_ACTS = ['answers', 'busy', 'no-answer', 'declines', 'fails', 'no-coverage', 'by-hand'] as const;
export type PartyAct = (typeof PARTY_ACTS)[number];

/** Somebody who is called: the second party of a bridge, or the first of an outbound call. */
export interface Party {
  /** @default 'answers' */
  readonly does?: PartyAct;
  /** How long it rings before that, ms. @default 3000, or 0 with `by-hand` */
  readonly ringMs?: number;
  /** How long a second party speaks before it hangs up, ms; null: until the caller hangs up. @default 20000 */
  readonly talkMs?: number | null;
  /** RFC 3261 code of the answer. @default 200, 486, 480, 603, 503 by what it does */
  readonly sipCode?: number;
}

/** What `Party` holds; the defaults of two keys follow from `does`. */
export const PARTY = optionSet({
  does: { enum: PARTY_ACTS, default: 'answers' },
  ringMs: AMOUNT,
  talkMs: { ...orNull(AMOUNT), default: 20_000 },
  sipCode: { type: 'number', minimum: 100, maximum: 699 },
});

/** `Party`, complete. */
export type FullParty = Required<Party>;

const SIP_CODES: Readonly<Record<PartyAct, number>> = {
  answers: 200,
  busy: 486,
  'no-answer': 480,
  declines: 603,
  fails: 503,
  'no-coverage': 404,
  'by-hand': 200,
};

/** Completes and checks a party. Throws `SimulatorOptionError`. */
export function readParty(party: Party = {}): FullParty {
  checkOption('party', PARTY, party);
  const given = withDefaults<Party & Required<Pick<Party, 'does' | 'talkMs'>>>(PARTY, party);
  return { ringMs: given.does === 'by-hand' ? 0 : 3_000, sipCode: SIP_CODES[given.does], ...given };
}

/** A party that somebody has decided for. */
export function decided(does: PartyAct): FullParty {
  return { does, ringMs: 0, talkMs: null, sipCode: SIP_CODES[does] };
}
