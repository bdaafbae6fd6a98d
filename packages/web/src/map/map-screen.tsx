import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useLoaded } from "../design/use-loaded.ts";
import { Failure } from "../design/notice.tsx";
import { LazyLive } from "../live/lazy-live.tsx";
import { isFinal, type RunHead } from "../run/run-head.ts";
import { followAges } from "./colouring/follow-ages.ts";
import { Legend } from "./colouring/legend.tsx";
import { Grids } from "./grid/grids.tsx";
import { followCellNames } from "./links/cell-names.ts";
import { followLinks } from "./links/follow-links.ts";
import { PointedPage } from "./links/pointed-page.tsx";
import { MapModel } from "./map-model.ts";
import { MomentHead, useMoment } from "./moment/moment-head.tsx";
import { followAnchors } from "./timeline/follow-anchors.ts";
import { Timeline } from "./timeline/timeline.tsx";
import { GoToDialog } from "./transport/go-to-dialog.tsx";
import { perform } from "./transport/perform.ts";
import { followPlayback } from "./transport/playback.ts";
import { type Action, actionOf, isOwnKey } from "./transport/shortcuts.ts";
import { chosenSpeed } from "./transport/speeds.ts";
import { chosenKind, Transport } from "./transport/transport.tsx";

/** Grids above, the timeline below, all in one window where it is large enough. */
export function MapScreen({ run }: { readonly run: RunHead }) {
  const model = useModel(run);
  const [dialog, setDialog] = useState<"goTo" | "help">();
  const onAction = (action: Action): void => perform(action, model, chosenKind(), setDialog);
  const help = useLoaded(
    dialog === "help",
    () => import("./transport/help-dialog.tsx"),
    () => setDialog(undefined),
  );
  useKeys(onAction);
  const place = useRef<HTMLDivElement>(null);
  const top = useTop(place);
  return (
    <div ref={place} class="map-screen" style={{ "--map-top": `${top}px` }}>
      <Moment model={model} />
      <Transport model={model} onAction={onAction} />
      <Timeline model={model} />
      <PointedPage model={model} />
      {dialog === "goTo" ? <GoToDialog model={model} onClose={() => setDialog(undefined)} /> : null}
      {dialog === "help" && help !== undefined ? <help.HelpDialog onClose={() => setDialog(undefined)} /> : null}
    </div>
  );
}

/** One for each run; what it begins ends with the screen. */
function useModel(run: RunHead): MapModel {
  const newest = useSignal(run);
  newest.value = run;
  const model = useMemo(() => new MapModel(newest), []);
  useEffect(() => {
    const ends = [
      followLinks(model, model.pointed, model.pointedLinks),
      followLinks(model, model.selection, model.selectedLinks),
      followCellNames(model),
      followAges(model),
      followAnchors(model),
      followPlayback(model, () => chosenSpeed().speed),
    ];
    return () => {
      for (const end of ends) end();
      model.session.close();
    };
  }, [model]);
  useSignalEffect(() => {
    model.session.maps.setHead(model.head.value);
    model.session.show(model.position.value);
  });
  return model;
}

/** Of a slider, as screen readers know it; elsewhere they scroll the page. */
const SLIDER_KEYS: ReadonlySet<string> = new Set(["PageUp", "PageDown", "Home", "End"]);

function useKeys(onAction: (action: Action) => void): void {
  const newest = useRef(onAction);
  newest.current = onAction;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isOwnKey(event.target, event.key)) return;
      if (SLIDER_KEYS.has(event.key) && !(event.target instanceof Element && event.target.closest("[role=slider]"))) return;
      const action = actionOf(event);
      if (action === undefined) return;
      event.preventDefault();
      newest.current(action);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** How far an element is below the page's beginning, so that it can fill the rest of the window. In pixels. */
function useTop(place: { readonly current: HTMLElement | null }): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = (): void => setTop(Math.round(place.current!.getBoundingClientRect().top + scrollY));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  return top;
}

/** What is drawn again with every picture. */
function Moment({ model }: { readonly model: MapModel }) {
  const moment = useMoment(model);
  const { value: error } = model.session.error;
  return (
    <>
      <div class="map-top">
        {error === undefined ? null : <Failure error={error} onRetry={() => model.session.show(model.position.peek())} />}
        {model.activityError.value === undefined ? null : <Failure error={model.activityError.value} />}
        <MomentHead model={model} moment={moment} />
        <Legend model={model} />
        {isFinal(model.run.value) ? null : <LazyLive run={model.run.value} part="ClickTouch" />}
      </div>
      <Grids model={model} moment={moment} />
    </>
  );
}
