import type { LoadReport } from '@hookswitch/simulator';

/** How a load's VCA fared: how many were sent, how many failed, how long answers took in ms. */
export function vcaFigures({ webhooks: { VCA } }: LoadReport): Readonly<Record<string, number>> {
  return {
    vca: VCA?.sent ?? 0,
    vcaFailed: VCA?.failed ?? 0,
    vcaMsP50: VCA?.ms.p50 ?? 0,
    vcaMsP99: VCA?.ms.p99 ?? 0,
    vcaMsMax: VCA?.ms.max ?? 0,
  };
}
