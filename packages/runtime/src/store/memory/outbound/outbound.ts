import { BUSY_PAUSE, checkCaps, checkEnd, checkStops, demandRows, EXTRA } from '../../outbound/check-outbound.ts';
import type {
  AttemptEnd,
  Claimed,
  ClaimRequest,
  Dial,
  DialRequest,
  OutboundChange,
  OutboundStore,
  OverdueAttempt,
  Stop,
  Suppression,
} from '../../outbound/outbound-store.ts';
import { Campaigns } from './campaigns.ts';
import { freeAt, isStopped, withDial } from '../../outbound/person.ts';
import { memoryReports, recipientPage, suppressionOf } from './reports.ts';
import { afterEnd, type KeptAttempt, type KeptCampaign, type KeptRecipient, type Person } from './kept.ts';

/** Campaigns of the in-memory store. */
export class MemoryOutbound {
  readonly #all = new Campaigns();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The methods of `OutboundStore`; each asks `demandOpen` first. */
  store(demandOpen: (operation: string) => void): OutboundStore {
    const all = this.#all;
    const at = (now: number | null): number => now ?? this.#now();
    const methods: OutboundStore = {
      ...memoryReports(all),
      now: async () => this.#now(),
      putLane: async (lane) => all.putLane(lane),
      lanes: async () => all.lanes(),
      addCampaign: async (campaign) => all.addCampaign(campaign),
      campaign: async (id) => all.byId.get(id)?.campaign ?? null,
      campaigns: async () => all.campaigns(),
      changeCampaign: async (id, change, from) => all.changeCampaign(id, change, from),
      addRecipients: async (campaign, rows) => all.addRecipients(campaign, rows),
      recipients: async (campaign, page) => recipientPage(all, campaign, page),
      staleWindows: async (now, limit) => all.staleWindows(at(now), limit),
      setWindow: async (campaign, zone, window) => all.setWindow(campaign, zone, window),
      claim: async (request, now) => this.#claim(request, at(now)),
      pace: async (request, now) => all.pace(request, at(now)),
      dial: async (request, now) => this.#dial(request, at(now)),
      placed: async (attempt, patience, now) => this.#move(attempt, ['dialled', 'unknown'], { state: 'placed', dueAt: at(now) + patience }),
      unknown: async (attempt) => this.#move(attempt, ['dialled'], { state: 'unknown' }),
      end: async (end, now) => {
        checkEnd('end', end);
        return this.#end(end, at(now));
      },
      overdue: async (now, limit) => this.#overdue(at(now), limit),
      expire: async (now, limit) => this.#expire(at(now), limit),
      suppress: async (stops, now) => {
        checkStops('suppress', stops);
        return this.#suppress(stops, at(now), true);
      },
      unsuppress: async ({ person, scope }) => all.people.get(person)?.stops.delete(scope) ?? false,
      suppressions: async ({ after, limit }) => this.#suppressions(after, limit),
      erase: async (person, now) => this.#erase(person, at(now)),
      prune: async (endedBefore, limit) => this.#prune(endedBefore, limit),
    };
    return Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [
        name,
        async (...given: never[]) => {
          demandOpen(`outbound.${name}`);
          return (method as (...given: never[]) => Promise<unknown>)(...given);
        },
      ]),
    ) as unknown as OutboundStore;
  }

  /** What changes with a call. */
  commit({ end, stops = [] }: OutboundChange): void {
    if (end !== undefined) this.#end(end, this.#now());
    this.#suppress(stops, this.#now(), false);
  }

  #claim({ lane, campaign, worker, most, ahead, lease, margin, caps }: ClaimRequest, now: number): Claimed[] {
    checkCaps('claim', caps);
    const kept = this.#all.byId.get(campaign);
    const slots = this.#all.lanesById.get(lane)?.lane.slots ?? 0;
    if (kept === undefined || kept.campaign.lane !== lane || !isRunning(kept, now, margin)) return [];
    const open = this.#all.open((one) => one.lane === lane);
    const own = open.filter((one) => one.campaign === campaign);
    const notDialled = own.filter(({ state }) => state === 'claimed').length;
    const room = Math.min(most, slots - open.length, kept.campaign.slots - own.length, ahead - notDialled);
    const claimed: Claimed[] = [];
    const people = new Set<string>();
    for (const due of room > 0 ? this.#due(kept, now, margin).slice(0, room + EXTRA) : []) {
      const { person: key } = due.row;
      const person = this.#all.people.get(key);
      const free = person === undefined ? 0 : person.open === null ? freeAt(person.recent, caps, now) : now + BUSY_PAUSE;
      if (isStopped(stopsOf(person), kept.campaign.topic)) due.row = { ...due.row, state: 'ended', outcome: 'suppressed', endedAt: now };
      else if (free > now) due.row = { ...due.row, dueAt: free };
      else if (claimed.length < room && !people.has(key)) {
        people.add(key);
        claimed.push(this.#attempt(due, { lane, worker, claimedAt: now, dueAt: now + lease }));
      }
    }
    return claimed;
  }

  #due({ campaign, windows }: KeptCampaign, now: number, margin: number): KeptRecipient[] {
    const closes = ({ row }: KeptRecipient): number => windows.get(row.zone)?.closesAt ?? 0;
    const isOpen = ({ row }: KeptRecipient): boolean => {
      const window = windows.get(row.zone);
      return window != null && window.opensAt <= now && window.closesAt > now + margin;
    };
    const due = [...this.#all.recipients.values()].filter(
      (one) => one.campaign === campaign.id && one.row.state === 'waiting' && one.row.dueAt <= now && isOpen(one),
    );
    return due.sort((a, b) => a.row.rank - b.row.rank || a.row.dueAt - b.row.dueAt || closes(a) - closes(b));
  }

  #attempt(due: KeptRecipient, claim: Pick<KeptAttempt, 'lane' | 'worker' | 'claimedAt' | 'dueAt'>): Claimed {
    const { campaign } = due;
    const n = due.row.attempts + 1;
    due.row = { ...due.row, state: 'calling', attempts: n };
    const { number: recipient, person } = due.row;
    const id = `${campaign}.${recipient}.${n}`;
    const fresh = { state: 'claimed', dialledAt: null, endedAt: null, outcome: null, givenUp: false, corrected: false } as const;
    this.#all.attempts.set(id, { id, recipient, n, campaign, person, ...claim, ...fresh });
    return { attempt: id, recipient: due.row };
  }

  #dial({ attempt: id, worker, permit, margin, ring, patience, caps }: DialRequest, now: number): Dial {
    checkCaps('dial', caps);
    const attempt = this.#all.attempts.get(id);
    const isClaimed = attempt?.state === 'claimed' && attempt.endedAt === null && attempt.worker === worker && attempt.dueAt > now;
    const kept = this.#all.byId.get(attempt?.campaign ?? '');
    const recipient = this.#all.recipients.get(attempt?.recipient ?? 0);
    if (!isClaimed || kept === undefined || recipient === undefined || recipient.row.phone === '') return { verdict: 'gone' };
    if (!isRunning(kept, now, margin)) return { verdict: 'paused' };
    const window = kept.windows.get(recipient.row.zone);
    if (window == null || window.opensAt > now || window.closesAt <= now + margin) return { verdict: 'window' };
    const person = this.#all.person(attempt.person);
    if (isStopped(stopsOf(person), kept.campaign.topic)) return { verdict: 'suppressed' };
    if (person.open !== null) return { verdict: 'busy', freeAt: now + BUSY_PAUSE };
    const free = freeAt(person.recent, caps, now);
    if (free > now) return { verdict: 'capped', freeAt: free };
    const validUntil = Math.min(now + ring, window.closesAt, kept.campaign.endsAt);
    Object.assign(person, { open: id, recent: withDial(person.recent, permit) });
    recipient.row = { ...recipient.row, dials: recipient.row.dials + 1 };
    Object.assign(attempt, { state: 'dialled', dialledAt: Math.floor(permit / 1_000), dueAt: validUntil + patience });
    return { verdict: 'granted', validUntil };
  }

  #move(id: string, from: readonly KeptAttempt['state'][], to: Partial<Pick<KeptAttempt, 'state' | 'dueAt'>>): boolean {
    const attempt = this.#all.attempts.get(id);
    if (attempt === undefined || attempt.endedAt !== null || !from.includes(attempt.state)) return false;
    Object.assign(attempt, to);
    return true;
  }

  #end(end: AttemptEnd, now: number): 'ended' | 'corrected' | 'known' {
    const attempt = this.#all.attempts.get(end.attempt);
    if (attempt === undefined) return 'known';
    if (end.only !== undefined && (attempt.endedAt !== null || attempt.state !== end.only)) return 'known';
    const recipient = this.#all.recipients.get(attempt.recipient);
    const isItsLast = recipient?.row.attempts === attempt.n;
    const outcome = end.outcome;
    if (attempt.endedAt !== null) {
      if (!attempt.givenUp || end.givenUp === true) return 'known';
      Object.assign(attempt, { givenUp: false, corrected: true, outcome });
      if (recipient !== undefined && isItsLast && end.next === null)
        recipient.row = { ...recipient.row, state: 'ended', outcome, endedAt: recipient.row.endedAt ?? now };
      return 'corrected';
    }
    Object.assign(attempt, { endedAt: now, outcome, givenUp: end.givenUp ?? false });
    if (recipient !== undefined && isItsLast) recipient.row = afterEnd(recipient.row, end, now);
    const person = this.#all.people.get(attempt.person);
    if (person?.open === attempt.id) person.open = null;
    return 'ended';
  }

  #overdue(now: number, limit: number): OverdueAttempt[] {
    const late = this.#all.open(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt);
    return late.slice(0, limit).map(({ id, state, campaign, recipient }) => {
      const { dials = 0, attempts = 0 } = this.#all.recipients.get(recipient)?.row ?? {};
      return { attempt: id, state, campaign, dials, attempts };
    });
  }

  #expire(now: number, limit: number): number {
    let expired = 0;
    for (const one of this.#all.recipients.values()) {
      const kept = this.#all.byId.get(one.campaign);
      if (expired === limit || one.row.state !== 'waiting' || kept === undefined) continue;
      const outcome = whyOver(kept, one.row.zone, now);
      if (outcome === null) continue;
      one.row = { ...one.row, state: 'ended', outcome, endedAt: now };
      expired++;
    }
    return expired;
  }

  #suppress(stops: readonly Stop[], now: number, ends: boolean): string[] {
    for (const { person: key, scope } of stops) {
      const person = this.#all.person(key);
      if (!person.stops.has(scope)) person.stoppedAt = now;
      person.stops.add(scope);
    }
    const concerns = (person: string, campaign: string): boolean =>
      stops.some((stop) => stop.person === person) &&
      isStopped(stopsOf(this.#all.people.get(person)), this.#all.byId.get(campaign)?.campaign.topic ?? '');
    for (const one of ends ? this.#all.recipients.values() : [])
      if (one.row.state === 'waiting' && concerns(one.row.person, one.campaign))
        one.row = { ...one.row, state: 'ended', outcome: 'suppressed', endedAt: now };
    return ends ? this.#all.open(({ person, campaign }) => concerns(person, campaign)).map(({ id }) => id) : [];
  }

  #suppressions(after: string | null, limit: number): Suppression[] {
    demandRows('suppressions.limit', limit, 1);
    const all = [...this.#all.people.keys()].sort().filter((key) => after === null || key > after);
    return all.flatMap((key) => suppressionOf(this.#all, key) ?? []).slice(0, limit);
  }

  #erase(person: string, now: number): number {
    const rows = [...this.#all.recipients.values()].filter(({ row }) => row.person === person && row.phone !== '');
    for (const one of rows) {
      one.row = { ...one.row, phone: '', params: '' };
      if (one.row.state === 'waiting') one.row = { ...one.row, state: 'ended', outcome: 'erased', endedAt: now };
    }
    return rows.length;
  }

  #prune(endedBefore: number, limit: number): number {
    const old = [...this.#all.recipients.values()].filter(({ row }) => row.endedAt !== null && row.endedAt < endedBefore);
    const gone = old.sort((a, b) => (a.row.endedAt ?? 0) - (b.row.endedAt ?? 0)).slice(0, limit);
    for (const { row, campaign } of gone) {
      this.#all.recipients.delete(row.number);
      this.#all.byId.get(campaign)?.keys.delete(row.key);
      this.#all.byId.get(campaign)?.pruned.push(row);
      for (let n = 1; n <= row.attempts; n++) this.#forget(`${campaign}.${row.number}.${n}`);
      const person = this.#all.people.get(row.person);
      const isNeeded = person === undefined || person.open !== null || person.stops.size > 0 || (person.recent[0] ?? 0) >= endedBefore;
      if (!isNeeded) this.#all.people.delete(row.person);
    }
    return gone.length;
  }

  #forget(id: string): void {
    const attempt = this.#all.attempts.get(id);
    if (attempt !== undefined) this.#all.byId.get(attempt.campaign)?.prunedAttempts.push(attempt);
    this.#all.attempts.delete(id);
  }
}

function stopsOf(person: Person | undefined): readonly string[] {
  return person === undefined ? [] : [...person.stops];
}

function isRunning({ campaign }: KeptCampaign, now: number, margin: number): boolean {
  return campaign.status === 'running' && campaign.startsAt <= now && campaign.endsAt > now + margin;
}

/** Why nobody of a zone is called any more; null where somebody may be. */
function whyOver({ campaign, windows }: KeptCampaign, zone: string, now: number): string | null {
  if (campaign.status === 'cancelled') return 'cancelled';
  if (campaign.endsAt <= now) return 'expired';
  return windows.get(zone) === null ? 'no-window' : null;
}
