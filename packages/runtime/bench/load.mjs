import http from 'node:http';

/**
 * Plays calls of three turns over `connections` connections for `seconds`, or until there were `most` webhooks, each call, or each webhook,
 * to the next of `ports`; gives webhooks per second and latencies in ms.
 */
export async function load(ports, { connections = 24, seconds = 4, most = Infinity, by = 'call' } = {}) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  let sends = 0;
  const latencies = [];
  const end = performance.now() + seconds * 1000;
  const began = performance.now();
  let calls = 0;
  await Promise.all(Array.from({ length: connections }, () => caller()));
  const took = (performance.now() - began) / 1000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const at = (q) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))];
  return { webhooks: latencies.length, perSecond: latencies.length / took, p50: at(0.5), p99: at(0.99) };

  async function caller() {
    while (performance.now() < end && latencies.length < most) {
      const at = calls;
      const sessionId = `bench-${process.pid}-${Date.now()}-${calls++}`;
      let answer = await post(at, sessionId, 0, 'CALL_RECEIVED', null, undefined);
      for (const [turn, dtmf] of [
        [1, '1'],
        [2, '2'],
      ])
        answer = await post(at, sessionId, turn, 'ACTION_COMPLETED', dtmf, answer.clientActionId);
    }
  }

  function post(at, sessionId, turn, callStatus, dtmf, clientActionId) {
    const body = JSON.stringify({
      namespace: 'VOICE',
      eventType: 'CALL_ACTION',
      description: 'Action request of a call',
      payload: {
        eventId: `${sessionId}-${turn}`,
        callId: `${sessionId}-leg`,
        sessionId,
        subAccountId: 'bench',
        callStatus,
        callDirection: 'INBOUND',
        callType: 'PSTN',
        source: '+6591178965',
        destination: '+6568332048',
        sourceCountryCode: 'SG',
        destinationCountryCode: 'SG',
        callDuration: turn * 5,
        eventData: dtmf === null ? null : { dtmf },
        sipCode: 200,
        timestamp: new Date().toISOString(),
        ...(clientActionId === undefined ? {} : { clientActionId }),
      },
    });
    const sent = performance.now();
    return new Promise((resolve, reject) => {
      const request = http.request(
        {
          agent,
          host: '127.0.0.1',
          port: ports[(by === 'call' ? at : sends++) % ports.length],
          path: '/webhooks/vca',
          method: 'POST',
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part) => (text += part));
          response.on('end', () => {
            latencies.push(performance.now() - sent);
            if (response.statusCode === 200) resolve(JSON.parse(text));
            else reject(new Error(`HTTP ${response.statusCode}`));
          });
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }
}
