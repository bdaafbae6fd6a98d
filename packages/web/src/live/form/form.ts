import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Problem } from "../controls/refusal.ts";
import type { Json, JsonSchema } from "./json-schema.ts";
import { type Path, replaceAt } from "./path.ts";

/** What is being filled in, by its schema. The whole state is `value`. */
export class Form {
  readonly root: JsonSchema;
  readonly value: Signal<Json>;
  /** What the server has found wrong with the value. */
  readonly problems: Signal<readonly Problem[]> = signal([]);
  readonly byPath: ReadonlySignal<ReadonlyMap<string, readonly string[]>>;

  constructor(root: JsonSchema, value: Json) {
    this.root = root;
    this.value = signal(value);
    this.byPath = computed(() => {
      const paths = Map.groupBy(this.problems.value, ({ path }) => path);
      return new Map([...paths].map(([path, problems]) => [path, problems.map(({ message }) => message)]));
    });
  }

  /** Replaces a part; undefined leaves it out. */
  change(path: Path, part: Json | undefined): void {
    batch(() => {
      this.value.value = replaceAt(this.value.value, path, part) ?? null;
    });
  }

  problemsAt(pointer: string): readonly string[] {
    return this.byPath.value.get(pointer) ?? [];
  }

  /** How many problems there are at a place and inside it. */
  problemsWithin(pointer: string): number {
    return this.problems.value.filter(({ path }) => path === pointer || path.startsWith(`${pointer}/`)).length;
  }
}
