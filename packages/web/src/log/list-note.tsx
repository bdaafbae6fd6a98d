import type { ComponentChildren } from "preact";

/** Above a table: how much of it there is, and what went wrong. */
export function ListNote({ words, children }: { readonly words: string; readonly children?: ComponentChildren }) {
  return (
    <>
      <p class="soft small" role="status">
        {words}
      </p>
      {children}
    </>
  );
}
