import type { Verdict } from "../judge/judge-answer.ts";
import type { Sabotage } from "../actors/saboteur.ts";
import type { FaultKind } from "../plan/fault.ts";
import type { Place } from "../plan/round.ts";

/** What is counted and measured over all rounds of a simulation. */
export class Figures {
  readonly #faults = new Map<string, number>();
  readonly #recoveries = new Map<string, number[]>();
  readonly #damages = new Map<string, Map<string, number>>();
  readonly #counts = new Map<string, number>();
  readonly #memory: { readonly atMs: number; readonly kib: number }[] = [];

  count(what: string, by = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + by);
  }

  get(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  addFault(kind: FaultKind): void {
    this.#faults.set(kind, (this.#faults.get(kind) ?? 0) + 1);
  }

  /** `ms`: from the fault until the run had more events than before. */
  addRecovery(kind: FaultKind, place: Place, servers: number, ms: number): void {
    for (const key of [`${kind}, in all`, `${kind}, ${place}${servers > 1 ? ", a second server stands by" : ""}`]) {
      this.#recoveries.set(key, [...(this.#recoveries.get(key) ?? []), ms]);
    }
  }

  /** The strongest verdict on a damaged run: wrong over named over unchecked over equal. */
  addDamage({ table, column, how }: Pick<Sabotage, "table" | "column" | "how">, kind: Verdict["kind"]): void {
    const key = `${table}${column === null || how === "swap" ? "" : ` (${groupOf(column)})`}, ${how}`;
    const verdicts = this.#damages.get(key) ?? new Map<string, number>();
    verdicts.set(kind, (verdicts.get(kind) ?? 0) + 1);
    this.#damages.set(key, verdicts);
  }

  addMemory(atMs: number, kib: number): void {
    this.#memory.push({ atMs, kib });
  }

  /** The tables of docs/reliability.md, in Markdown. */
  tables(): string {
    return [this.#countTable(), this.#recoveryTable(), this.#damageTable(), this.#memoryTable()]
      .filter((table) => table !== "")
      .join("\n\n");
  }

  #countTable(): string {
    const rows = [...this.#counts, ...[...this.#faults].map(([kind, count]) => [`faults: ${kind}`, count] as const)].sort(([a], [b]) =>
      a.localeCompare(b),
    );
    return markdown(
      ["what", "how many"],
      rows.map(([what, count]) => [what, String(count)]),
    );
  }

  #recoveryTable(): string {
    const rows = [...this.#recoveries]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, all]) => [key, String(all.length)].concat([0.5, 0.95, 1].map((part) => seconds(quantile(all, part)))));
    return markdown(["after", "measured", "median", "p95", "max"], rows);
  }

  #damageTable(): string {
    const kinds: readonly Verdict["kind"][] = ["equal", "named", "unchecked", "wrong"];
    const rows = [...this.#damages]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, verdicts]) => [key].concat(kinds.map((kind) => String(verdicts.get(kind) ?? 0))));
    return markdown(["damage", "answers equal", "named", "served, not checked", "wrong"], rows);
  }

  #memoryTable(): string {
    const [first, middle, last] = [this.#memory[0], this.#memory[this.#memory.length >> 1], this.#memory.at(-1)];
    if (first === undefined || middle === undefined || last === undefined) return "";
    const row = (what: string, { atMs, kib }: { atMs: number; kib: number }): string[] => [
      what,
      seconds(atMs),
      `${Math.round(kib / 1024)} MiB`,
    ];
    return markdown(["memory of the server", "after", "resident"], [row("start", first), row("middle", middle), row("end", last)]);
  }
}

/** The nearest-rank quantile. @throws nothing; 0 of no values. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}

/** The byte planes of commits are one kind. */
function groupOf(column: string): string {
  return column.replace(/^(\w+?)_\d$/, "plane").replace(/^(type|time|vm|process|a|b|c|d|decision)_base$/, "base");
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}

function markdown(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...rows.map(line)].join("\n");
}
