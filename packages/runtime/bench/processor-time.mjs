import { readdirSync, readFileSync } from 'node:fs';

/** Starts to count the processor time of processes, all their threads; the function gives seconds since then, or null where the system has no /proc. */
export function countProcessorTime(pids) {
  const before = new Map(pids.map((pid) => [pid, secondsOf(pid)]));
  return () => {
    const taken = [...before].map(([pid, then]) => [then, secondsOf(pid)]).filter(([then, now]) => then !== null && now !== null);
    return taken.length === 0 ? null : taken.reduce((sum, [then, now]) => sum + now - then, 0);
  };
}

/** The processes of a Postgres that this process has started. */
export function postgresProcesses() {
  const parents = new Map(readIds().map((pid) => [pid, statOf(pid)]));
  const isOurs = (pid) => pid === process.pid || (parents.has(pid) && isOurs(parents.get(pid)?.parent));
  return [...parents].filter(([pid, stat]) => stat?.name === 'postgres' && isOurs(pid)).map(([pid]) => pid);
}

function readIds() {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function secondsOf(pid) {
  return statOf(pid)?.seconds ?? null;
}

function statOf(pid) {
  try {
    const [, name, rest] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    const fields = rest.split(' ');
    // Clock ticks, of which Linux has a hundred to the second.
    return { name, parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / 100 };
  } catch {
    return null;
  }
}
