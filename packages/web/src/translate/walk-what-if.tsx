import { WALK_CONDITIONS } from "./walk-conditions.ts";
import { walkOf } from "./walk-levels.ts";
import { WalkTable } from "./walk-table.tsx";

/** The four counts with what each depends on. They come from the formula; which of them this walk has, the run says. */
export function WalkWhatIf({ references }: { readonly references: number }) {
  return (
    <details class="panel walk-conditions">
      <summary>What if? When a walk takes 4, 24, 19 or 15 references</summary>
      <p class="small soft">
        Computed by n × m + n + m, with n levels of the guest's table and m of the host's, not taken from the run. A TLB and other caches
        save most of these references; neither is modelled.
      </p>
      <ul>
        {WALK_CONDITIONS.map(({ levels, title, words }) => {
          const { guest: n, host: m } = levels;
          const count = walkOf(levels).length;
          return (
            <li key={title} aria-current={count === references ? "true" : undefined}>
              <p>
                <strong>
                  {count}: {title}
                </strong>{" "}
                {count === references ? <span class="tag tag-good">this walk</span> : null}
              </p>
              <p class="small">{words}</p>
              <p class="small soft">{m === 0 ? `n = ${n}, m = 0: ${n}` : `${n} × ${m} + ${n} + ${m} = ${count}`}</p>
              <WalkTable levels={levels} isSmall />
            </li>
          );
        })}
      </ul>
    </details>
  );
}
