/** What a token allows, ascending: each allows what those before it do. */
export const SCOPES = {
  read: "queries, subscriptions, event streams, exports and metrics",
  run: "also starting runs and comparisons, commands to runs, and importing traces",
  administer: "also deleting runs, comparisons and traces, and rebuilding what is computed from events",
} as const;

export type Scope = keyof typeof SCOPES;

export const SCOPE_NAMES = Object.keys(SCOPES) as readonly Scope[];

export function allows(given: Scope, needed: Scope): boolean {
  return SCOPE_NAMES.indexOf(given) >= SCOPE_NAMES.indexOf(needed);
}
