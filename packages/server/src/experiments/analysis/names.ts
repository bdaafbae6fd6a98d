const MAX_NAMED = 6;

/** "a", "a and b", "a, b and c"; of many, the first six and how many more. */
export function namesOf(names: readonly string[]): string {
  const shown = names.length > MAX_NAMED ? [...names.slice(0, MAX_NAMED), `${names.length - MAX_NAMED} more`] : names;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
