/** How long to wait before a broken stream is opened again, ms. */
const PAUSE = 200;

/** Reads a server's event stream until `signal` aborts, and opens it again when it breaks. */
export async function followEvents(
  url: string,
  token: string,
  onEvent: (event: string, data: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal });
      if (response.ok && response.body !== null) await readEvents(response.body, onEvent);
    } catch {
      // The process behind it is ending or not there yet.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, PAUSE).unref());
  }
}

async function readEvents(body: ReadableStream<Uint8Array>, onEvent: (event: string, data: unknown) => void): Promise<void> {
  let text = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = /^event: (.+)$/m.exec(block)?.[1];
      const data = /^data: (.+)$/m.exec(block)?.[1];
      if (event !== undefined && data !== undefined) onEvent(event, JSON.parse(data));
    }
  }
}
