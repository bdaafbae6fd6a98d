import type { Problem } from "../../errors/index.ts";
import { Place } from "./place.ts";

type Level = { readonly place: Place; readonly keys: Set<string> | undefined; key: string | undefined; index: number };

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/gu;

/**
 * Keys that an object of a JSON text has more than once, with their paths. `JSON.parse` keeps the last of them and drops
 * the others, so that what a person wrote would be ignored. The text must be JSON.
 */
export function findRepeatedKeys(json: string): readonly Problem[] {
  const root = Place.root();
  const levels: Level[] = [];
  for (const [token] of json.matchAll(TOKENS)) {
    const level = levels.at(-1);
    if (token === "{" || token === "[") {
      levels.push({ place: childOf(level, root), keys: token === "{" ? new Set() : undefined, key: undefined, index: 0 });
    } else if (token === "}" || token === "]") levels.pop();
    else if (token === ",") nextEntry(level);
    else if (level?.keys !== undefined && level.key === undefined) readKey(level, level.keys, JSON.parse(token) as string);
  }
  return root.problems;
}

function childOf(level: Level | undefined, root: Place): Place {
  return level === undefined ? root : level.place.child(level.key ?? level.index);
}

function nextEntry(level: Level | undefined): void {
  if (level === undefined) return;
  level.key = undefined;
  level.index++;
}

function readKey(level: Level, keys: Set<string>, key: string): void {
  if (keys.has(key)) level.place.child(key).report("is given more than once in its object; leave one of them");
  keys.add(key);
  level.key = key;
}
