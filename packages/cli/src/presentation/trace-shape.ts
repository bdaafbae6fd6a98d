import type { StoredTrace } from "@ballast/server/traces";

/** A trace as `--json` shows it; part of what docs/cli.md promises. */
export function traceShape(trace: StoredTrace): Record<string, unknown> {
  return { ...trace, importedAt: trace.importedAt.toISOString() };
}
