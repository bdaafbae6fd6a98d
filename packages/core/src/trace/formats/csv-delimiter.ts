import { TraceError } from "../trace-error.ts";

const QUOTED = /"(?:[^"]|"")*(?:"|$)/g;
const SEPARATORS = [",", ";", "\t"] as const;

/**
 * The character between the columns of a CSV: the only one of comma, semicolon and tab in its first line, outside of
 * quotes; else a blank; a comma if there is none of them.
 */
export function findDelimiter(firstLine: string, file: string): string {
  const bare = firstLine.replaceAll(QUOTED, "x");
  const [delimiter, other] = SEPARATORS.filter((separator) => bare.includes(separator));
  if (other !== undefined) {
    const found = `both ${JSON.stringify(delimiter)} and ${JSON.stringify(other)} stand in the first line`;
    const advice = "Say which is between columns, as in --csv delimiter=semicolon (comma, semicolon, tab, blank).";
    throw new TraceError("reading-ambiguous", { file, format: "csv", line: 1 }, found, advice);
  }
  return delimiter ?? (bare.trim().includes(" ") ? " " : ",");
}
