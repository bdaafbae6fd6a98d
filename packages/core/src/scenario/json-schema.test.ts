import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../policy/index.ts";
import { scenarioFormArbitrary } from "../testing/scenario-form-arbitrary.ts";
import { parseScenario } from "./parse-scenario.ts";
import { printScenario } from "./print-scenario.ts";
import { scenarioJsonSchema } from "./scenario-json-schema.ts";
import { caseCount } from "../testing/case-count.ts";

/** Oracle: ajv, an independent reading of JSON Schema 2020-12; strict mode also refuses keywords that mean nothing. */
const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, unicodeRegExp: true }).compile(
  scenarioJsonSchema(),
);

function isAccepted(form: unknown): boolean {
  try {
    parseScenario(form);
    return true;
  } catch {
    return false;
  }
}

/** Puts another value somewhere into a form: at a path of as many steps as it has. */
function spoil(form: Json, [step, ...further]: readonly number[], value: Json): Json {
  if (typeof form !== "object" || form === null || step === undefined) return value;
  const entries = Object.entries<Json>(form);
  const chosen = step % Math.max(1, entries.length);
  const spoiled = entries.map(([key, field], i): [string, Json] => [key, i === chosen ? spoil(field, further, value) : field]);
  return Array.isArray(form) ? spoiled.map(([, element]) => element) : Object.fromEntries(spoiled);
}

const oddValue = fc.oneof(
  fc.constantFrom<Json>(null, true, -1, 0, 1, 2.5, 1e18, "", "x", "1 s", "1 GiB", "shadow", "w1", [], {}, { kind: "idle" }),
  fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<Json>,
);

test("the schema takes every scenario that the parser takes, friendly or canonical", () => {
  fc.assert(
    fc.property(scenarioFormArbitrary, (form) => {
      expect(validate(form), JSON.stringify(validate.errors)).toBe(true);
      expect(validate(JSON.parse(printScenario(parseScenario(form))))).toBe(true);
    }),
  );
});

test("the schema takes a spoiled scenario if the parser takes it: it is never the stricter one", () => {
  const spoiled = fc.tuple(scenarioFormArbitrary, fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }), oddValue);
  fc.assert(
    fc.property(spoiled, ([form, steps, value]) => {
      const changed = spoil(form, steps, value);
      expect(validate(changed) || !isAccepted(changed), JSON.stringify(validate.errors)).toBe(true);
    }),
    { numRuns: caseCount(100, 2000) },
  );
});

test("the schema refuses wrong types, unknown keys and values out of bounds by itself", () => {
  const right = { name: "a", host: { framePages: 8 }, vms: [{ configuredPages: 4, processes: [] }] };
  expect(validate(right)).toBe(true);
  for (const wrong of [
    { ...right, seed: -1 },
    { ...right, colour: "red" },
    { ...right, host: { framePages: 8, memory: "1 GiB" } },
    { ...right, os: { processes: [] } },
    { ...right, vms: [{ configuredPages: 4, processes: [], balloon: "yes" }] },
    { ...right, vms: [{ configuredPages: 4, processes: [{ workload: { kind: "zip" } }] }] },
  ]) {
    expect(validate(wrong), JSON.stringify(wrong)).toBe(false);
  }
});

test("every field of the schema is explained, and says its default if it has one", () => {
  const unexplained: string[] = [];
  const walk = (schema: unknown, path: string): void => {
    if (typeof schema !== "object" || schema === null) return;
    const { properties } = schema as { properties?: Record<string, { description?: string; default?: Json }> };
    for (const [name, field] of Object.entries(properties ?? {})) {
      const description = field.description ?? "";
      const isStructure = typeof field.default === "object" && field.default !== null;
      if (description === "" || (field.default !== undefined && !isStructure && !description.includes("Default: ")))
        unexplained.push(`${path}/${name}`);
    }
    for (const [key, child] of Object.entries(schema)) walk(child, `${path}/${key}`);
  };
  walk(scenarioJsonSchema(), "");
  expect(unexplained).toEqual([]);
});
