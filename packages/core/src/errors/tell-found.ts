/** What was found where something else was expected, short enough for a message. */
export function describeFound(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "string" && value.length > 60) return `${JSON.stringify(value.slice(0, 56))}...`;
  return JSON.stringify(value) ?? `a ${typeof value}`;
}
