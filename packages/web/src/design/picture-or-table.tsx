import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

type PictureOrTableProps = {
  /** Beside the button. */
  readonly heading: ComponentChildren;
  readonly picture: () => ComponentChildren;
  readonly table: () => ComponentChildren;
  readonly actions?: ComponentChildren;
};

/** A picture whose numbers a button shows as a table instead. */
export function PictureOrTable({ heading, picture, table, actions }: PictureOrTableProps) {
  const [isTable, setTable] = useState(false);
  return (
    <div class="stack-tight">
      <div class="row row-apart">
        {heading}
        <div class="row">
          {actions}
          <button class="button" type="button" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            As a table
          </button>
        </div>
      </div>
      {isTable ? table() : picture()}
    </div>
  );
}
