/** `PageMapped` and `guest-paging` become PAGE_MAPPED and GUEST_PAGING. */
function upperCase(name: string): string {
  return name
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_")
    .replaceAll("-", "_")
    .toUpperCase();
}

/** The values of a GraphQL enum: for each name, what stands behind it inside and what it means. */
export function enumValues<Value extends string | number>(
  entries: Iterable<readonly [name: string, value: Value, description: string]>,
): Record<string, { value: Value; description: string }> {
  return Object.fromEntries([...entries].map(([name, value, description]) => [upperCase(name), { value, description }]));
}
