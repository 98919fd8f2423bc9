import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { load } from './load.mjs';
import { countProcessorTime } from './processor-time.mjs';

/** Webhooks after which the compiler of Node has seen the path often enough. */
const WARM = 10_000;

/**
 * Starts the server of `script`, warms it up for `warmUp` seconds at most, and gives webhooks per second, latencies in ms, and the processor time per webhook in µs, of the server
 * and of the processes `others` (null where the system doesn't tell).
 */
export async function measureServer(script, args, { seconds, warmUp, connections = 24, others = () => [] }) {
  const server = await startServer(script, args);
  try {
    await load([server.port], { seconds: warmUp, most: WARM, connections });
    const [ofServer, ofOthers] = [countProcessorTime([server.pid]), countProcessorTime(others())];
    const result = await load([server.port], { seconds, connections });
    const each = (taken) => (taken === null ? null : (taken * 1e6) / result.webhooks);
    return { ...result, processorUs: each(ofServer()), othersUs: each(ofOthers()) };
  } finally {
    await server.stop();
  }
}

/** A server in a process of its own, which prints its port. */
export async function startServer(script, args, { nodeArgs = [], env = process.env } = {}) {
  const child = spawn(process.execPath, [...nodeArgs, script, ...args], { stdio: ['ignore', 'pipe', 'inherit'], env });
  const gone = once(child, 'exit');
  const port = await Promise.race([
    once(child.stdout, 'data').then(([data]) => Number(data)),
    gone.then(([code]) => Promise.reject(new Error(`${script} ${args.join(' ')} ended with code ${code}`))),
  ]);
  return {
    port,
    pid: child.pid,
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
