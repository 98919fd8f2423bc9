import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Hookswitch } from '../assembly/hookswitch.ts';
import { type Changer, MAX_SAYS, SettingsChanger } from '../assembly/change-settings.ts';
import { type SettingsLook, viewChange, viewSettings } from '../report/settings.ts';
import { SettingsChanged, SettingsHistory, SettingsView } from '../report/settings-view.ts';
import type { AuditRow } from '../store/store.ts';
import { holderOf, needs } from './access.ts';
import type { AuditLog } from './audit-log.ts';
import { strictQuery } from './own-scope.ts';
import { REFUSED } from './report-routes.ts';
import { Problem, RoleProblem, SettingProblem } from './schemas.ts';

const MAX_REASON = 500;
const MAX_VERSION = Number.MAX_SAFE_INTEGER;

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Flow = Type.String({ minLength: 1, maxLength: 250 });
const Version = Type.Integer({
  minimum: 0,
  maximum: MAX_VERSION,
  description: 'As you have seen it; 0 for none. Another one by now is answered 409. Left out: what is there is replaced.',
});
const Reason = Nullable(Type.String({ maxLength: MAX_REASON, description: 'Why, for others who look at it.' }));
const period = {
  startsAt: Type.Optional(Nullable(Type.String({ description: 'RFC 3339, with its zone. Default: at once.' }))),
  until: Type.Optional(Nullable(Type.String({ description: 'That moment left out. Default: until somebody changes it.' }))),
  reason: Type.Optional(Reason),
  version: Type.Optional(Version),
};
const strict = { additionalProperties: false };
const SettingParams = Type.Object({ flow: Flow, name: Type.String({ minLength: 1, maxLength: 64 }) });
const SettingBody = Type.Object({ value: Type.Unknown({ description: 'As the setting is declared.' }), ...period }, strict);
const IntakeBody = Type.Object(
  {
    open: Type.Boolean(),
    says: Type.Optional(
      Nullable(Type.String({ maxLength: MAX_SAYS, description: 'What callers hear while it is closed. Default: the phrase of the flow.' })),
    ),
    number: Type.Optional(Type.String({ maxLength: 40, description: 'One number of the flow. Default: the whole flow.' })),
    ...period,
  },
  strict,
);
const UnsetQuery = Type.Object(
  {
    version: Type.Optional(Version),
    number: Type.Optional(Type.String({ maxLength: 40, description: 'Of intake: one number of the flow.' })),
  },
  strict,
);
const UndoBody = Type.Union([Type.Object({ reason: Type.Optional(Reason) }, strict), Type.Null()]);

/** Which changes are listed. */
export const SettingsHistoryQuery = Type.Object(
  {
    flow: Type.Optional(Flow),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    cursor: Type.Optional(Type.String()),
  },
  strict,
);

/** What the routes of settings work with. */
export interface SettingsRoutesOptions {
  readonly server: Hookswitch;
  readonly audit: Pick<AuditLog, 'changing' | 'changed'>;
  /** Those of the OpenAPI document; without any the routes are not in it. */
  readonly tags?: readonly string[];
}

/** `/settings`: the same for the API and for the console's page. */
export const settingsRoutes: FastifyPluginAsyncTypebox<SettingsRoutesOptions> = async (app, { server, audit, tags }) => {
  strictQuery(app);
  const { store, clock, options } = server;
  const { table } = server.routes;
  const documented = tags === undefined ? {} : { tags };
  const changer = new SettingsChanger({ store, clock, table });
  const look = (request: FastifyRequest): SettingsLook => ({
    table,
    now: clock.now(),
    masks: options.showNumbers !== true && (holderOf(request)?.role ?? 'read') === 'read',
  });
  const by = (request: FastifyRequest): Changer => ({
    label: holderOf(request)?.label ?? '',
    entry: (change) => audit.changing(request, JSON.stringify(change)),
  });
  const changed = async (request: FastifyRequest, entry: AuditRow | null): Promise<SettingsChanged> => {
    if (entry !== null) audit.changed(request, entry);
    const overrides = await store.overrides();
    return {
      change: entry === null ? null : viewChange(entry, overrides.rows, look(request)),
      settings: viewSettings(overrides, look(request)),
    };
  };
  const writes = { 200: SettingsChanged, 403: RoleProblem, 404: Problem, 409: SettingProblem, ...REFUSED };
  const config = needs('operate', 'settings.change');

  app.get(
    '/settings',
    {
      config: needs('read'),
      schema: {
        ...documented,
        summary: 'What operators may change, what holds now, and intake',
        response: { 200: SettingsView, ...REFUSED },
      },
    },
    async (request) => viewSettings(await store.overrides(), look(request)),
  );

  app.get(
    '/settings/history',
    {
      config: needs('read'),
      schema: {
        ...documented,
        summary: 'Who has changed which setting, newest first',
        querystring: SettingsHistoryQuery,
        response: { 200: SettingsHistory, ...REFUSED },
      },
    },
    async (request): Promise<SettingsHistory> => {
      const { entries, cursor } = await store.listAudit({ ...request.query, action: 'settings.change' });
      const { rows } = await store.overrides();
      return { entries: entries.flatMap((entry) => viewChange(entry, rows, look(request)) ?? []), cursor };
    },
  );

  app.put(
    '/settings/:flow/:name',
    {
      config,
      schema: { ...documented, summary: 'Set a setting of a flow', params: SettingParams, body: SettingBody, response: writes },
    },
    async (request) => {
      const { flow, name } = request.params;
      const { value, ...period } = request.body;
      return changed(request, await changer.set(flow, name, value, period, by(request)));
    },
  );

  app.delete(
    '/settings/:flow/:name',
    {
      config,
      schema: {
        ...documented,
        summary: 'Take back what was set: the default holds again',
        params: SettingParams,
        querystring: UnsetQuery,
        response: writes,
      },
    },
    async (request) => {
      const { flow, name } = request.params;
      return changed(request, await changer.unset(flow, name, request.query, by(request)));
    },
  );

  app.put(
    '/settings/:flow/intake',
    {
      config,
      schema: {
        ...documented,
        summary: 'Close the intake of a flow or a number, or open it',
        params: Type.Object({ flow: Flow }),
        body: IntakeBody,
        response: writes,
      },
    },
    async (request) => changed(request, await changer.setIntake(request.params.flow, request.body, by(request))),
  );

  app.post(
    '/settings/undo/:entry',
    {
      config,
      schema: {
        ...documented,
        summary: 'Put back what was there before a change',
        params: Type.Object({ entry: Type.String({ minLength: 1, maxLength: 200 }) }),
        body: UndoBody,
        response: writes,
      },
    },
    async (request) => changed(request, await changer.undo(request.params.entry, request.body ?? {}, by(request))),
  );
};
