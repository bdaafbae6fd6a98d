import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Failure } from "../design/notice.tsx";
import type { RunHead } from "../run/run-head.ts";

type Part = "LiveControls" | "ClickTouch";
type LiveProps = { readonly run: RunHead; /** Its controls, or what a click on a grid does. */ readonly part: Part };

/** What gives commands to a run that goes on; it is not loaded for a run that has ended. */
export function LazyLive({ run, part }: LiveProps) {
  const [Loaded, setLoaded] = useState<{ readonly part: FunctionComponent<{ readonly run: RunHead }> }>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    import("./live-parts.ts").then((parts) => setLoaded({ part: parts[part] }), setError);
  }, []);
  if (error !== undefined) return <Failure error={error} onRetry={() => location.reload()} />;
  return Loaded === undefined ? null : <Loaded.part run={run} />;
}
