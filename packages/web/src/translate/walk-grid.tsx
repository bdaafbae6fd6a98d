import { walkLevelsOf } from "./walk-levels.ts";
import { WalkTable } from "./walk-table.tsx";

/** The memory references of this walk, and why there are as many. */
export function WalkGrid({ references }: { readonly references: number }) {
  const levels = walkLevelsOf(references);
  return (
    <div class="stack-tight">
      <p>
        <strong>{references} references</strong>: {whyWords(levels.host)} Without a TLB or other caches.
      </p>
      <WalkTable levels={levels} />
    </div>
  );
}

function whyWords(hostLevels: number): string {
  if (hostLevels === 0) return "one for each of the four levels of the table that the hardware walks.";
  const large = hostLevels === 3 ? " A large mapping saves the host's table its last level." : "";
  return `each of the guest's four entries lies at a real address, which the host's table translates first (${hostLevels} references), and so does the page that is found: 4 × ${hostLevels} + 4 + ${hostLevels}.${large}`;
}
