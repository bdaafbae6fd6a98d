import type { ComponentChildren } from "preact";
import { remedyOf } from "../api/api-error.ts";

/** Where there is nothing to show: what would be here, and what to do. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="notice">
      <strong>{title}</strong>
      {children}
    </div>
  );
}

/** What went wrong, and what to do about it. */
export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: (() => void) | undefined }) {
  const remedy = remedyOf(error);
  return (
    <div class="notice notice-bad" role="alert">
      <p>{sentenceOf(error)}</p>
      {remedy === "" ? null : <p class="soft">{remedy}</p>}
      {onRetry === undefined ? null : (
        <button class="button" type="button" onClick={onRetry}>
          Ask again
        </button>
      )}
    </div>
  );
}

/** Messages of the API begin in lower case and have no full stop. */
function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
