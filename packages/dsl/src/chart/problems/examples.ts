import type { ChartSite } from '../chart.ts';
import type { Inspection, Problem, Subject, VerifyCode } from '../problem.ts';

/** Finds what exploration can't see past for want of examples: steps without results, questions that no example answers. */
export function inspectExamples({ sources }: Subject): Inspection {
  return {
    *finish(chart) {
      for (const site of chart.sites.values()) {
        const source = sources.of(site.name);
        if (site.kind === 'step' && site.declared.length === 0) yield stepWithout(site, source);
        if (site.kind === 'capture' && site.declared.some((label) => !site.answers.includes(label))) yield neverAnswered(site, source);
      }
    },
  };
}

function stepWithout(site: ChartSite, source: string | null): Problem {
  const message =
    `Step "${site.name}" has no examples, so exploration goes on with \`undefined\` only. ` +
    'Give it results by name: step(…, { examples: { found: { … }, missing: null } }).';
  return warning('HS_VERIFY_STEP_EXAMPLES', site, message, source);
}

function neverAnswered(site: ChartSite, source: string | null): Problem {
  const message =
    `Question "${site.name}" has a validator of its own without an example that passes, so exploration never gets past it. ` +
    "Give it one: custom(…, { examples: { pass: ['…'] } }).";
  return warning('HS_VERIFY_VALIDATOR_EXAMPLES', site, message, source);
}

function warning(code: VerifyCode, { name, witness }: ChartSite, message: string, source: string | null): Problem {
  return { code, severity: 'warning', site: name, path: witness.labels, message, source };
}
