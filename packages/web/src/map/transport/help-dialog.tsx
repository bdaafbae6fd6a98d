import { useEffect, useRef } from "preact/hooks";
import { SHORTCUTS } from "./shortcuts.ts";

const POINTER: readonly (readonly [string, string])[] = [
  ["drag, click", "on the timeline: show the run at this time"],
  ["wheel", "on the timeline: zoom; with Shift: move along"],
  ["double click", "on the timeline: the whole run"],
  ["Ctrl + wheel", "on a grid: larger and smaller cells"],
  ["Tab, then arrows", "on a grid: from page to page; Enter tells why, Space selects"],
];

/** The keys of this screen. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current!.showModal(), []);
  return (
    <dialog ref={dialog} class="map-dialog" aria-labelledby="map-help" onClose={onClose}>
      <div class="row row-apart">
        <h2 id="map-help">Keys of this screen</h2>
        <button class="button" type="button" onClick={onClose}>
          Close
        </button>
      </div>
      <dl class="map-keys">
        {SHORTCUTS.map(({ shownKey, words }) => (
          <div key={shownKey}>
            <dt>
              <kbd>{shownKey}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
        {POINTER.map(([gesture, words]) => (
          <div key={gesture}>
            <dt class="soft">{gesture}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
