import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseScenario, printScenario } from "../packages/core/src/scenario/index.ts";
import { initialValue, withoutDefaults } from "../packages/web/src/live/form/initial-value.ts";
import { isRecord, type Json, type JsonSchema, resolve } from "../packages/web/src/live/form/json-schema.ts";
import { alternativeOf } from "../packages/web/src/live/form/matching.ts";
import { KEYWORDS, shapeOf } from "../packages/web/src/live/form/shape.ts";

/** The form of a new run covers the whole schema of scenarios. Oracle: the schema itself, and the parser of scenarios. */

const FOLDER = join(import.meta.dirname, "../scenarios");
const root = readJson("scenario.schema.json") as JsonSchema;
const bundled = readdirSync(FOLDER).filter((name) => name.endsWith(".json") && name !== "scenario.schema.json");

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, name), "utf8"));
}

/** Every schema that the form makes a field of, with its place. */
function* fields(given: JsonSchema, place: string, open: readonly string[] = []): Generator<readonly [place: string, schema: JsonSchema]> {
  // A phase of a workload is a workload.
  if (given.$ref !== undefined && open.includes(given.$ref)) return;
  const inside = given.$ref === undefined ? open : [...open, given.$ref];
  const schema = resolve(root, given);
  yield [place, schema];
  const shape = shapeOf(root, schema);
  if (shape.kind === "list") yield* fields(shape.items, `${place}/items`, inside);
  if (shape.kind === "names") yield* fields(shape.values, `${place}/values`, inside);
  if (shape.kind === "alternatives")
    for (const { label, schema: each } of shape.alternatives) yield* fields(each, `${place}/${label}`, inside);
  if (shape.kind === "record")
    for (const [name, each] of Object.entries(schema.properties ?? {})) yield* fields(each, `${place}/${name}`, inside);
}

test("every keyword of the schema is one that its kind of field understands", () => {
  const lost = [...fields(root, "")].flatMap(([place, schema]) => {
    const known: readonly string[] = KEYWORDS[shapeOf(root, schema).kind];
    return Object.keys(schema)
      .filter((keyword) => !known.includes(keyword))
      .map((keyword) => `${keyword} at ${place}`);
  });
  expect(lost).toEqual([]);
});

test("the form reaches every definition of the schema", () => {
  const definitions = new Set(Object.values(root.$defs ?? {}).map((each) => JSON.stringify(each.properties ?? each.oneOf ?? each.anyOf)));
  for (const [, { properties, oneOf, anyOf }] of fields(root, "")) definitions.delete(JSON.stringify(properties ?? oneOf ?? anyOf));
  expect([...definitions]).toEqual([]);
});

/** A scenario of one VM whose one process does this. */
function scenarioOf(workload: Json): Record<string, Json> {
  const vm = initialValue(root, root.properties?.["vms"]?.items ?? {}) as Record<string, Json>;
  const file = { name: "new", pages: 4 };
  const process = { virtualPages: 16, workload };
  return { name: "new", host: { framePages: 64 }, vms: [{ ...vm, configuredPages: 16, files: [file], processes: [process] }] };
}

const workloads = shapeOf(root, { $ref: "#/$defs/workload" });

test.each(workloads.kind === "alternatives" ? workloads.alternatives : [])(
  "a workload of kind $label begins as one that is accepted",
  ({ schema }) => {
    const scenario = parseScenario(scenarioOf(initialValue(root, schema)));
    expect(scenario.vms).toHaveLength(1);
  },
);

/** Where the settings of a definition stand in a scenario. */
const PLACES = { host: ["host"], vm: ["vms", "0"], process: ["vms", "0", "processes", "0"] } as const;

test.each(["host", "vm", "process"] as const)("each setting of a %s begins with a value that is accepted", (definition) => {
  for (const [name, schema] of Object.entries(root.$defs?.[definition]?.properties ?? {})) {
    const scenario = scenarioOf({ kind: "interactive" });
    const place: readonly string[] = PLACES[definition];
    const settings = place.reduce((part: Record<string, Json>, step) => part[step] as Record<string, Json>, scenario);
    settings[name] = initialValue(root, schema);
    expect(problemsOf(scenario, `/${place.join("/")}/${name}`)).toEqual([]);
  }
});

function problemsOf(scenario: Json, path: string): unknown[] {
  try {
    parseScenario(scenario);
    return [];
  } catch (error) {
    const { problems } = error as { readonly problems: readonly { readonly path: string }[] };
    return problems.filter((each) => each.path.startsWith(path));
  }
}

test.each(bundled)("%s, made complete and then short again, is the same scenario", (name) => {
  const complete = parseScenario(readJson(name));
  const given = JSON.parse(printScenario(complete)) as Json;
  const short = withoutDefaults(root, root, given);
  expect(JSON.stringify(short).length).toBeLessThan(JSON.stringify(given).length);
  expect(parseScenario(short)).toEqual(complete);
});

test.each(bundled)("each part of %s is shown as the alternative that it was written as", (name) => {
  const misread: Json[] = [];
  const look = (given: JsonSchema, value: Json): void => {
    const schema = resolve(root, given);
    const shape = shapeOf(root, schema);
    if (shape.kind === "alternatives") {
      const chosen = shape.alternatives[alternativeOf(root, shape.alternatives, value)];
      if (isRecord(value) && value["kind"] !== undefined && chosen?.label !== value["kind"]) misread.push(value);
      if (isRecord(value) && shapeOf(root, chosen?.schema ?? {}).kind !== "record") misread.push(value);
      look(chosen?.schema ?? {}, value);
    }
    if (shape.kind === "list") for (const item of value as readonly Json[]) look(shape.items, item);
    if (shape.kind === "record" && isRecord(value)) {
      for (const [property, part] of Object.entries(value)) look(schema.properties?.[property] ?? {}, part);
    }
  };
  look(root, readJson(name) as Json);
  expect(misread).toEqual([]);
});
