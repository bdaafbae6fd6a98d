/** pino's number of the level error. */
const ERROR_LEVEL = 50;
/** What a server prints besides its log: progress, where it is, and how it ends because its Postgres is away. */
const PASSING_END = /\[(DATABASE_[A-Z_]+|PORT_TAKEN)\]|"code":"DATABASE_/;
const TROUBLE = /^\s+at |INTERNAL|[Uu]ncaught|[Uu]nhandled|this should not have happened|heap out of memory/;

/** Lines that must not be in a server's output: errors in its log, stacks, and any INTERNAL. */
export function troubleIn(lines: readonly string[]): string[] {
  return lines.filter((line) => {
    const level = levelOf(line);
    if (level !== undefined) return level >= ERROR_LEVEL || /"INTERNAL"|code":"INTERNAL/.test(line);
    return TROUBLE.test(line) && !PASSING_END.test(line);
  });
}

function levelOf(line: string): number | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return (JSON.parse(line) as { level?: number }).level;
  } catch {
    return undefined;
  }
}
