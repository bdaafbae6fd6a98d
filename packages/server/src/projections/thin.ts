/** Every nth of the values, so that there are so many, and always the last; all of them if there are no more. */
export function thin<Value>(values: Value[], count: number): Value[] {
  if (values.length <= count) return values;
  if (count <= 0) return [];
  // Divided last: a step that is rounded up, times the count, would lead beyond the end.
  return Array.from({ length: count }, (_, index) => values[Math.ceil(((index + 1) * values.length) / count) - 1]!);
}
