import { enumWords } from "../format/numbers.ts";

const TONES: Readonly<Record<string, string>> = {
  COMPLETED: "tag-good",
  FAILED: "tag-bad",
  STOPPED: "tag-warn",
  PAUSED: "tag-warn",
  WAITING: "tag-warn",
};

/** The status of a run or experiment. */
export function StatusTag({ status }: { readonly status: string }) {
  return <span class={`tag ${TONES[status] ?? ""}`}>{enumWords(status)}</span>;
}
