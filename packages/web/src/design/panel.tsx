import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

type PanelProps = { readonly title: string; readonly actions?: ComponentChildren; readonly children: ComponentChildren };

/** A part of a screen with its heading, which names it for screen readers too. */
export function Panel({ title, actions, children }: PanelProps) {
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {actions === undefined ? null : <div class="row">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
