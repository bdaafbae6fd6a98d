import { discardDraft, isChanged, keptDrafts } from "./draft.ts";

/** Whether there is a draft, and how it is given up. Its line is there before there is one, so that nothing jumps. */
export function DraftLine({ from }: { readonly from: string }) {
  return (
    <div class="row draft-line" role="status">
      {isChanged.value ? (
        <>
          <span class="soft">A draft, changed from {from}; it is kept until this tab is closed.</span>
          <button class="button button-small" type="button" onClick={discardDraft}>
            Discard the draft
          </button>
        </>
      ) : keptDrafts.hasDropped ? (
        <span class="soft">A draft of another version of this page could not be read, and was dropped.</span>
      ) : (
        <span class="soft">As bundled. What you change is kept until this tab is closed.</span>
      )}
    </div>
  );
}
