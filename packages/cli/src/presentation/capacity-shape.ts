import type { CapacityAnswer, CapacityPoint } from "@ballast/server/capacity";

/** The answer as `--json` shows it; part of what docs/cli.md promises. A slowdown without bound is null. */
export function capacityShape({ scenarioName, policies, ...answer }: CapacityAnswer): Record<string, unknown> {
  const shown = policies.map(({ points, ...policy }) => ({ ...policy, points: points.map(pointShape) }));
  return { scenario: scenarioName, ...answer, policies: shown };
}

function pointShape({ mean, low, high, values, ...point }: CapacityPoint): Record<string, unknown> {
  return { ...point, mean: finite(mean), low: finite(low), high: finite(high), values: values.map(finite) };
}

function finite(slowdown: number): number | null {
  return Number.isFinite(slowdown) ? slowdown : null;
}
