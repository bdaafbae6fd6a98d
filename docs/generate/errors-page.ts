import { BallastError, ERROR_CODES, type ErrorCode } from "../../packages/core/src/errors/index.ts";
import { EXIT_CODES, exitNameOf } from "../../packages/cli/src/exit-code.ts";

/** docs/errors.md, made from the one table of error codes. */
export function errorsPage(): string {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];
  const lines = codes
    .toSorted()
    .map((code) => `| \`${code}\` | ${ERROR_CODES[code]} | ${EXIT_CODES[exitNameOf(new BallastError(code, ""))].code} |`);
  return `${HEADING}\n${lines.join("\n")}\n`;
}

const HEADING = `# Errors

Made from \`packages/core/src/errors/codes.ts\` by \`node docs/generate/main.ts\`; a test holds the two together.

Every expected failure has one of these codes. A code is stable, so that scripts may match on it; the message beside it
says what happened with its numbers and units, and what to do. Where an input has several problems, all are listed, each
with its place.

- GraphQL: [see docs/graphql.md](graphql.md) for where an answer carries the code.
- Command line: \`error: <message> [<code>]\` on stderr; with \`--json\` one line
  \`{"error":{"code":"...","message":"...","problems":[{"path":"/vms/0/configuredPages","message":"..."}]}}\`.
  The last column is the exit code of the command ([docs/cli.md](cli.md)).

| Code | When | Exit |
| --- | --- | --- |`;
