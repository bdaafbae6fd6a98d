import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { RunHead } from "../run/run-head.ts";

type Controls = FunctionComponent<{ readonly run: RunHead }>;

/** The controls of a run that goes on; nobody loads them for a run that has ended. */
export function LazyLiveControls({ run }: { readonly run: RunHead }) {
  const [Loaded, setLoaded] = useState<{ readonly controls: Controls }>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    import("./live-controls.tsx").then(({ LiveControls }) => setLoaded({ controls: LiveControls }), setError);
  }, []);
  // Drawing fails with it, as the screen's own part would.
  if (error !== undefined) throw error;
  return Loaded === undefined ? null : <Loaded.controls run={run} />;
}
