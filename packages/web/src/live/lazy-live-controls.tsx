import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Failure } from "../design/notice.tsx";
import type { RunHead } from "../run/run-head.ts";

type Controls = FunctionComponent<{ readonly run: RunHead }>;

/** The controls of a run that goes on; nobody loads them for a run that has ended. */
export function LazyLiveControls({ run }: { readonly run: RunHead }) {
  const [Loaded, setLoaded] = useState<{ readonly controls: Controls }>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    import("./live-controls.tsx").then(({ LiveControls }) => setLoaded({ controls: LiveControls }), setError);
  }, []);
  if (error !== undefined) return <Failure error={error} onRetry={() => location.reload()} />;
  return Loaded === undefined ? null : <Loaded.controls run={run} />;
}
