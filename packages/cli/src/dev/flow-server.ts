import { fileURLToPath } from 'node:url';
import { hookswitchConsole } from '@hookswitch/console';
import { testOfWay, type TestView, type Way } from '@hookswitch/console/inside';
import { isHookswitchError } from '@hookswitch/dsl';
import { type RunningServer, startServer } from '@hookswitch/runtime';
import { serverOptions } from '../config/server-options.ts';
import { DevChildError } from '../errors/dev-child-error.ts';
import type { CliContext } from '../context.ts';
import { checkProject, loadProject, type ReadyProject } from './load-project.ts';
import { bare, NextCalls } from './next-calls.ts';
import type { Project, ReplyBody, RequestBody, Serving } from './messages.ts';

/** Serves one version of the flows: loads it first, and opens the store only when it is told to. */
export class FlowServer {
  readonly #context: CliContext;
  readonly #imported: () => readonly string[];
  readonly #routes = new Map<string, string>();
  readonly #next: NextCalls;
  #project: ReadyProject | null = null;
  #logLevel = 'warn';
  #running: RunningServer | null = null;

  constructor(context: CliContext, imported: () => readonly string[]) {
    this.#context = context;
    this.#next = new NextCalls(context.now);
    this.#imported = imported;
  }

  async handle(request: RequestBody): Promise<ReplyBody> {
    switch (request.type) {
      case 'load':
        return this.#load(request.project);
      case 'check':
        return { type: 'checked', checked: await checkProject(request.project, this.#context) };
      case 'open':
        return { type: 'open', url: await this.#open(request.serving) };
      case 'close':
        await this.close();
        return { type: 'done' };
      case 'route':
        this.#routes.set(bare(request.to), request.flow);
        return { type: 'done' };
      case 'next':
        this.#next.set(request.to, request.told);
        return { type: 'done' };
      case 'test':
        return { type: 'test', test: await this.#test(request.flow, request.way) };
    }
  }

  /** The author's own modules that were loaded so far. */
  files(): readonly string[] {
    return this.#imported()
      .filter((url) => url.startsWith('file:') && !url.includes('/node_modules/'))
      .map((url) => fileURLToPath(url.replace(/\?.*$/, '')));
  }

  async close(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    await running?.close();
  }

  async #load(project: Project): Promise<ReplyBody> {
    this.#logLevel = project.logLevel;
    this.#project = await loadProject(project, this.#context);
    return { type: 'loaded', loaded: { ...this.#project.view, files: this.files() } };
  }

  async #test(name: string, way: Way): Promise<TestView | null> {
    const route = this.#project?.routes.find(({ flow }) => flow.name === name);
    if (route === undefined) return null;
    const file = this.#project?.view.flows.find((one) => one.name === name)?.file ?? null;
    try {
      return await testOfWay(way, route.flow, file);
    } catch (error) {
      if (!isHookswitchError(error)) throw error;
      return null;
    }
  }

  async #open(serving: Serving): Promise<string> {
    const project = this.#project;
    if (project === null) throw new DevChildError('was told to serve before it had loaded anything');
    for (const [to, flow] of Object.entries(serving.routes)) this.#routes.set(bare(to), flow);
    for (const settings of serving.settings) this.#next.remember(settings);
    // What belongs to production stays there: its store, its secrets, where it is reached.
    const {
      store: _store,
      webhookSecrets: _secrets,
      publicUrl: _url,
      trustProxy: _proxy,
      allowedAddresses: _addresses,
      port: _port,
      host: _host,
      ...config
    } = project.config;
    const files = Object.fromEntries(project.view.flows.flatMap(({ name, file }) => (file === null ? [] : [[name, file]])));
    const names = new Set(project.routes.map(({ flow }) => flow.name));
    this.#running = await startServer({
      ...serverOptions(config, project.routes),
      port: 0,
      host: '127.0.0.1',
      store: serving.store,
      allowUnverified: true,
      apiTokens: [{ token: serving.apiToken, label: 'dev', role: 'admin' }],
      dataKeys: config.dataKeys ?? serving.dataKeys,
      subAccounts: [{ id: serving.subAccountId, apiKey: 'simulated' }],
      platformUrl: serving.platformUrl,
      showNumbers: true,
      logLevel: this.#logLevel,
      rehearsal: this.#next,
      chooseFlow: ({ to }) => {
        const flow = this.#routes.get(bare(to)) ?? null;
        return flow !== null && names.has(flow) ? flow : null;
      },
      extend: (app) => app.register(hookswitchConsole, { files, recordings: serving.recordings }),
    });
    return this.#running.url;
  }
}
