import type { FrameState, PageChange, RealPageState, StateDiff, VirtualPageState } from "@ballast/server/history";
import type { PageNamer, Run } from "@ballast/server/runs";

/** The name that the scenario gives the virtual page; null: none. */
type Named = { readonly virtualPageName: string | null };
type OfKind<Kind extends PageChange["kind"]> = Extract<PageChange, { readonly kind: Kind }>;
type Change<Kind extends PageChange["kind"], State> = Omit<OfKind<Kind>, "before" | "after"> & {
  readonly before: State | null;
  readonly after: State | null;
};

export type NamedRealState = RealPageState & Named;
export type NamedChange =
  | Change<"realPage", NamedRealState>
  | (Change<"virtualPage", VirtualPageState> & Named)
  | Change<"frame", FrameState>;

/** What differs between two moments, as `--json` shows it; part of what docs/cli.md promises. */
export function diffShape(run: Run, diff: StateDiff, nameOf: PageNamer) {
  const { from, to, metrics, changedRealPages, changedVirtualPages, changedFrames, changes, nextSkip } = diff;
  return {
    runId: run.id,
    from,
    to,
    metrics,
    changedRealPages,
    changedVirtualPages,
    changedFrames,
    changes: changes.map((change) => namedChange(change, nameOf)),
    hasMore: nextSkip !== null,
  };
}

export type DiffShape = ReturnType<typeof diffShape>;

function namedChange(change: PageChange, nameOf: PageNamer): NamedChange {
  if (change.kind === "frame") return change;
  const { vm } = change;
  if (change.kind === "virtualPage") return { ...change, virtualPageName: nameOf(vm, change.process, change.page) };
  return { ...change, before: namedState(change.before, vm, nameOf), after: namedState(change.after, vm, nameOf) };
}

function namedState(state: RealPageState | null, vm: number, nameOf: PageNamer): NamedRealState | null {
  if (state === null) return null;
  const { process, virtualPage } = state;
  return { ...state, virtualPageName: process === null || virtualPage === null ? null : nameOf(vm, process, virtualPage) };
}
