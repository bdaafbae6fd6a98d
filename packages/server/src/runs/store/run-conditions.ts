import type { RunFilter } from "../run-list.ts";

type Part = keyof RunFilter;

/** For SQL, of `runs` as r and `run_jobs` as j; `?` is the value. */
const CONDITIONS = {
  status: "r.status = ?",
  scenario: "j.scenario_name = ?",
  policy: "j.policy_name = ?",
  seed: "j.seed = ?",
  createdFrom: "r.created_at >= ?",
  createdBefore: "r.created_at < ?",
  search: `(strpos(lower(j.scenario_name), lower(?)) > 0 or strpos(lower(j.policy_name), lower(?)) > 0
    or strpos(j.public_id::text, lower(?)) > 0)`,
  label: "j.label = ?",
  withoutLabels: "(j.label is null or j.label <> all (?::text[]))",
} as const satisfies Record<Part, string>;

/** Conditions of a statement and the values of its parameters. */
export class SqlConditions {
  readonly #texts: string[] = [];
  readonly values: unknown[] = [];

  static of(filter: RunFilter): SqlConditions {
    const conditions = new SqlConditions();
    for (const part of Object.keys(CONDITIONS) as Part[]) {
      if (filter[part] !== undefined) conditions.add(CONDITIONS[part].replaceAll("?", conditions.parameter(filter[part])));
    }
    return conditions;
  }

  add(text: string): void {
    this.#texts.push(text);
  }

  /** The name of one more parameter. */
  parameter(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  /** Empty without conditions. */
  get where(): string {
    return this.#texts.length === 0 ? "" : `where ${this.#texts.join(" and ")}`;
  }
}
