import type { Problem } from "../errors/index.ts";
import { Place } from "./place.ts";

/** An object or a list that is open: `key` or `index` is where in it the reader is. Lists have no keys. */
type Level = { readonly keys: Set<string> | undefined; key: string | undefined; index: number };

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Keys that an object of a JSON text has more than once, with their paths. `JSON.parse` keeps the last of them and drops
 * the others, so that what a person wrote would be ignored. The text must be JSON. Character by character, because texts
 * of millions of numbers come here, too.
 */
export function findRepeatedKeys(json: string): readonly Problem[] {
  const root = Place.root();
  const levels: Level[] = [];
  let level: Level | undefined;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfText(json, at);
      if (level?.keys !== undefined && level.key === undefined)
        readKey(JSON.parse(json.slice(at, end + 1)) as string, level.keys, levels, root);
      at = end;
    } else if (code === COMMA) {
      if (level !== undefined) nextEntry(level);
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      level = { keys: code === OPEN_OBJECT ? new Set() : undefined, key: undefined, index: 0 };
      levels.push(level);
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      levels.pop();
      level = levels.at(-1);
    }
  }
  return root.problems;
}

/** The closing quote of the text that begins at a quote: the first one behind an even number of backslashes. */
function endOfText(json: string, begin: number): number {
  for (let end = json.indexOf('"', begin + 1); end >= 0; end = json.indexOf('"', end + 1)) {
    let first = end;
    while (json.charCodeAt(first - 1) === BACKSLASH) first--;
    if ((end - first) % 2 === 0) return end;
  }
  return json.length;
}

function nextEntry(level: Level): void {
  level.key = undefined;
  level.index++;
}

function readKey(key: string, keys: Set<string>, levels: readonly Level[], root: Place): void {
  if (keys.has(key)) placeOf(levels, root).child(key).report("is given more than once in its object; leave one of them");
  keys.add(key);
  levels.at(-1)!.key = key;
}

/** Of the innermost level: by the keys and indexes of those around it. */
function placeOf(levels: readonly Level[], root: Place): Place {
  return levels.slice(0, -1).reduce((place, { key, index }) => place.child(key ?? index), root);
}
