import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from "graphql";
import { codedError } from "../errors/coded-error.ts";
import type { Limits } from "../../api/limits/limits.ts";
import { BAD_REQUEST } from "./parse-limited.ts";

export type SelectionLimits = Pick<Limits, "maxCost" | "maxNesting" | "maxFieldPairs">;

/**
 * Refuses, before a document is validated, what validation itself would take too long for or would not come back from: selections
 * nested through fragments, fragments that repeat each other, and fields of one name in the answer, of which validation compares
 * every pair (OverlappingFieldsCanBeMerged). Knows nothing of the schema; takes no longer than the limits are large.
 * @throws GraphQLError QUERY_TOO_DEEP, QUERY_TOO_EXPENSIVE.
 */
export function checkSelections(document: DocumentNode, limits: SelectionLimits): void {
  const check = new SelectionCheck(document, limits);
  const roots = document.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION || node.kind === Kind.FRAGMENT_DEFINITION ? [node.selectionSet] : [],
  );
  check.countFields(roots);
  for (const root of roots) check.countPairs([root]);
}

type Extent = { readonly fields: number; readonly height: number };

const NOTHING: Extent = { fields: 0, height: 0 };

class SelectionCheck {
  readonly #limits: SelectionLimits;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  /** Of fragments; undefined while one is being measured. */
  readonly #extents = new Map<string, Extent | undefined>();
  #pairs = 0;

  constructor(document: DocumentNode, limits: SelectionLimits) {
    this.#limits = limits;
    for (const node of document.definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(node.name.value, node);
  }

  countFields(roots: readonly SelectionSetNode[]): void {
    const fields = roots.reduce((sum, root) => sum + this.#extentOf(root, 0).fields, 0);
    const { maxCost } = this.#limits;
    if (fields > maxCost)
      throw refusal(
        "QUERY_TOO_EXPENSIVE",
        `the document comes to ${fields} fields with its fragments; the limit is ${maxCost}: ask in several queries`,
      );
  }

  #extentOf({ selections }: SelectionSetNode, level: number): Extent {
    let [fields, height] = [0, 0];
    for (const node of selections) {
      const inner = this.#extentOfSelection(node, level);
      fields += inner.fields;
      height = Math.max(height, inner.height);
    }
    this.#checkLevels(level + height);
    return { fields, height: height + 1 };
  }

  #extentOfSelection(node: SelectionSetNode["selections"][number], level: number): Extent {
    if (node.kind === Kind.FRAGMENT_SPREAD) return this.#extentOfFragment(node.name.value, level);
    this.#checkLevels(level);
    const inner = node.selectionSet === undefined ? NOTHING : this.#extentOf(node.selectionSet, level + 1);
    return { fields: inner.fields + 1, height: inner.height };
  }

  #extentOfFragment(name: string, level: number): Extent {
    const fragment = this.#fragments.get(name);
    if (fragment !== undefined && !this.#extents.has(name)) {
      this.#extents.set(name, undefined);
      this.#extents.set(name, this.#extentOf(fragment.selectionSet, level + 1));
    }
    const { fields, height } = fragment === undefined ? NOTHING : (this.#extents.get(name) ?? refuseCircle(name));
    this.#checkLevels(level + height);
    // The spread itself is a step of the validation, too.
    return { fields: fields + 1, height };
  }

  #checkLevels(levels: number): void {
    const { maxNesting } = this.#limits;
    if (levels <= maxNesting) return;
    throw refusal(
      "QUERY_TOO_DEEP",
      `the document nests more than ${maxNesting} selections with its fragments, the limit: ask in several queries`,
    );
  }

  /** Fields that come to the same place of the answer, whose selections are merged; and so on below them. */
  countPairs(merged: readonly SelectionSetNode[]): void {
    const byName = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const selectionSet of merged) this.#collect(selectionSet, byName, spread);
    for (const fields of byName.values()) {
      this.#pairs += (fields.length * (fields.length - 1)) / 2;
      const { maxFieldPairs } = this.#limits;
      if (this.#pairs > maxFieldPairs)
        throw refusal(
          "QUERY_TOO_EXPENSIVE",
          `the document has more than ${maxFieldPairs} pairs of fields of one name in the answer, the limit: name each once, or by aliases`,
        );
      this.countPairs(fields.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet])));
    }
  }

  #collect({ selections }: SelectionSetNode, byName: Map<string, FieldNode[]>, spread: Set<string>): void {
    for (const node of selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) this.#collect(node.selectionSet, byName, spread);
      else if (node.kind === Kind.FIELD) {
        const name = (node.alias ?? node.name).value;
        const known = byName.get(name);
        if (known === undefined) byName.set(name, [node]);
        else known.push(node);
      } else if (!spread.has(node.name.value)) {
        spread.add(node.name.value);
        const fragment = this.#fragments.get(node.name.value);
        if (fragment !== undefined) this.#collect(fragment.selectionSet, byName, spread);
      }
    }
  }
}

function refuseCircle(name: string): never {
  throw codedError("QUERY_INVALID", `Cannot spread fragment "${name}" within itself.`, BAD_REQUEST);
}

function refusal(code: "QUERY_TOO_DEEP" | "QUERY_TOO_EXPENSIVE", message: string) {
  return codedError(code, message, BAD_REQUEST);
}
