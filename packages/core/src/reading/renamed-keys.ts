/**
 * Keys of scenarios and commands that earlier versions wrote under another name. No key of the present form has one of these names,
 * and none of them had two meanings.
 */
export const RENAMED_KEYS: Readonly<Record<string, string>> = {
  says: "description",
  parallel: "queueDepth",
  mostPages: "maxPages",
  mostBytes: "maxBytes",
};

/** Holds names that are a policy's own. */
const FOREIGN = "parameters";

/** A scenario or command that any version stored, with the keys that this version gives it. The given value is not changed. */
export function renameKeys(stored: unknown): unknown {
  if (Array.isArray(stored)) return stored.map(renameKeys);
  if (typeof stored !== "object" || stored === null) return stored;
  const entries = Object.entries(stored).map(([key, value]) => {
    const name = Object.hasOwn(RENAMED_KEYS, key) ? RENAMED_KEYS[key] : key;
    return [name, key === FOREIGN ? value : renameKeys(value)] as const;
  });
  return Object.fromEntries(entries);
}
