import { type Damage, describeDamage } from "@ballast/server/database/checksums";
import type { Run } from "@ballast/server/runs";

/** Damage of a run, or of a trace that it replays, as one line. */
export function damageLine(run: Run, damage: Damage): string {
  const { owner } = damage;
  return describeDamage(damage, "trace" in owner ? `Trace ${owner.trace}` : `Run ${run.id}`);
}

/** As JSON has it: positions are null where it touches none. */
export function damageShape({ owner, part, positions, what, remedy }: Damage): object {
  const { first = null, last = null } = positions ?? {};
  return { part, ...("trace" in owner ? { trace: owner.trace } : {}), firstPosition: first, lastPosition: last, what, remedy };
}
