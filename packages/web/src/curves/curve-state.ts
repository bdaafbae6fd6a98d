import { parameter, setParameters } from "../address/address.ts";

const trace = parameter("trace");
const policies = parameter("policies");
const x = parameter("x");
const shards = parameter("shards");
const size = parameter("size");

const DEFAULT_POLICIES: readonly string[] = ["lru", "clock", "opt"];

/** What the address asks for. */
export type CurveState = {
  /** Undefined: the first trace there is. */
  readonly trace: string | undefined;
  readonly policies: readonly string[];
  readonly isLogarithmic: boolean;
  /** Fraction of the pages that SHARDS samples; undefined: no estimate. */
  readonly shards: number | undefined;
  /** Pages of a VM that is marked. */
  readonly size: number | undefined;
};

export function curveState(): CurveState {
  const named = policies.value?.split(",").filter((name) => name !== "");
  return {
    trace: trace.value,
    policies: named ?? DEFAULT_POLICIES,
    isLogarithmic: x.value !== "linear",
    shards: positive(shards.value),
    size: positive(size.value),
  };
}

export function changeCurves(changes: Partial<CurveState>): void {
  const texts = Object.entries(changes).map(([name, value]): [string, string | undefined] => {
    if (name === "isLogarithmic") return ["x", value === true ? undefined : "linear"];
    return [name, value === undefined ? undefined : String(value)];
  });
  // Another trace has other sizes.
  const zoom = changes.trace === undefined ? {} : { zoom: undefined };
  setParameters({ ...Object.fromEntries(texts), ...zoom });
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) && value > 0 ? value : undefined;
}
