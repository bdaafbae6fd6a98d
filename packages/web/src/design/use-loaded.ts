import { useEffect, useState } from "preact/hooks";

/** A part of a screen that few need and only they load; undefined until it is there. What is wrong is told to `onError`. */
export function useLoaded<Part>(isNeeded: boolean, load: () => Promise<Part>, onError: (problem: unknown) => void): Part | undefined {
  const [part, setPart] = useState<Part>();
  useEffect(() => {
    if (isNeeded && part === undefined) load().then((loaded) => setPart(() => loaded), onError);
  }, [isNeeded]);
  return part;
}
