import type { Draws } from "./draws.ts";
import { RUN_SPECS } from "./run-specs.ts";

const VALUES: readonly unknown[] = [
  null,
  -1,
  0,
  1.5,
  2 ** 53,
  1e308,
  "",
  "x",
  "\u0000",
  "9".repeat(400),
  [],
  {},
  true,
  { kind: "uniform" },
  [[[[]]]],
];

/** A scenario of which one value is replaced, left out, or has unknown keys beside it. */
export function drawBadScenario(draws: Draws): unknown {
  const scenario = structuredClone(draws.pick(RUN_SPECS).scenario) as Record<string, unknown>;
  let object = scenario;
  for (let depth = draws.between(0, 4); depth > 0; depth--) object = innerOf(draws, object);
  const keys = Object.keys(object);
  const key = keys.length === 0 || draws.rng(0.2) ? "unknown" : draws.pick(keys);
  if (draws.rng(0.2)) delete object[key];
  else object[key] = draws.pick(VALUES);
  // What is left may be right by chance: its host is then too small to begin.
  if (draws.rng(0.5)) scenario["host"] = { framePages: draws.pick([0, -1, 1, 2 ** 40, "many"]) };
  return scenario;
}

function innerOf(draws: Draws, object: Record<string, unknown>): Record<string, unknown> {
  const inner = Object.values(object).filter((value): value is Record<string, unknown> => typeof value === "object" && value !== null);
  return inner.length === 0 ? object : draws.pick(inner);
}

const TRACES = [
  "== lackey\nI  04000000,3\n L 1ffe,8\n S zz,8\n",
  "0\n1\n2\n99999999999999999999\n",
  "a,b,c\n1,2\n",
  "\u0000\u0000",
  "",
  '{"not":"a trace"}\n',
];

export type BadTrace = { readonly name: string; readonly base64: string; readonly format: string | undefined };

/** A text that is no trace, compressed data cut short, or plain bytes. */
export function drawBadTrace(draws: Draws): BadTrace {
  const text = Buffer.from(draws.pick(TRACES), "latin1");
  const magic = draws.pick(["", "", "\u001f\u008b\u0008", "\u0028\u00b5\u002f\u00fd", "\u00fd7zXZ\u0000", "BZh9"]);
  const noise = Buffer.from(draws.many(draws.between(0, 200), () => draws.between(0, 255)));
  const bytes = Buffer.concat([Buffer.from(magic, "latin1"), draws.rng(0.5) ? text : noise]);
  return { name: `bad-${draws.between(0, 2 ** 31)}`, base64: bytes.toString("base64"), format: draws.pick([undefined, "LACKEY", "CSV"]) };
}
