import { BallastError } from "../errors/index.ts";
import { parseScenario } from "./parse-scenario.ts";
import { printScenario } from "./print-scenario.ts";
import type { Scenario } from "./scenario.ts";

type Json = Record<string, unknown> | unknown[];

/**
 * A scenario with other values at some paths, checked as a whole. A path names keys with dots between them, as the scenario's file
 * has them; an element of a list by its place from 0, by its name, or all by `*`: `host.framePages`, `vms.0.configuredPages`,
 * `vms.web.shares`, `vms.*.processes.*.accessNs`.
 * @throws BallastError INPUT_INVALID for a path that leads nowhere; SCENARIO_INVALID for values that the scenario cannot have.
 */
export function setInScenario(scenario: Scenario, overrides: Readonly<Record<string, unknown>>): Scenario {
  const paths = Object.entries(overrides);
  if (paths.length === 0) return scenario;
  const json = JSON.parse(printScenario(scenario)) as Json;
  for (const [path, value] of paths) setAt(json, path.split("."), value, path);
  return parseScenario(json);
}

function setAt(parent: Json, keys: readonly string[], value: unknown, path: string): void {
  const [key = "", ...rest] = keys;
  for (const place of placesOf(parent, key, path)) {
    const holder = parent as Record<string | number, unknown>;
    if (rest.length === 0) holder[place] = value;
    else setAt(childOf(holder[place], path, key), rest, value, path);
  }
}

function childOf(child: unknown, path: string, key: string): Json {
  if (typeof child === "object" && child !== null) return child as Json;
  throw new BallastError("INPUT_INVALID", `The scenario has nothing at "${path}": "${key}" is a value, not a part with values of its own.`);
}

function placesOf(parent: Json, key: string, path: string): readonly (string | number)[] {
  if (!Array.isArray(parent)) {
    if (Object.hasOwn(parent, key)) return [key];
    throw new BallastError("INPUT_INVALID", `The scenario has nothing at "${path}": ${choices("key", key, Object.keys(parent))}`);
  }
  if (key === "*") return [...parent.keys()];
  if (/^\d+$/.test(key) && Number(key) < parent.length) return [Number(key)];
  const names = parent.map((element) => (isNamed(element) ? element.name : ""));
  if (names.includes(key)) return names.flatMap((name, place) => (name === key ? [place] : []));
  throw new BallastError(
    "INPUT_INVALID",
    `The scenario has nothing at "${path}": ${choices("element", key, ["*", ...names.map((name, place) => name || String(place))])}`,
  );
}

function isNamed(element: unknown): element is { readonly name: string } {
  return typeof element === "object" && element !== null && "name" in element && typeof element.name === "string";
}

const SHOWN_CHOICES = 40;

function choices(what: string, key: string, known: readonly string[]): string {
  const shown = known.slice(0, SHOWN_CHOICES).join(", ");
  return `there is no ${what} "${key}". There are: ${shown}${known.length > SHOWN_CHOICES ? ", ..." : ""}.`;
}
