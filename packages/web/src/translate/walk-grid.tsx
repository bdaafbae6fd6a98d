import { hostLevelsOf, walkOf, type WalkReference } from "./walk-levels.ts";

/** Every memory reference of a walk without caches, numbered in its order: a row for each entry of the guest's table. */
export function WalkGrid({ references }: { readonly references: number }) {
  const hostLevels = hostLevelsOf(references);
  const walk = walkOf(hostLevels);
  return (
    <div class="stack-tight">
      <p>
        <strong>{references} references</strong>: {whyWords(hostLevels)} Without a TLB or other caches.
      </p>
      {hostLevels === 0 ? <OneTable walk={walk} /> : <TwoTables walk={walk} hostLevels={hostLevels} />}
    </div>
  );
}

function whyWords(hostLevels: number): string {
  if (hostLevels === 0) return "one for each of the four levels of the table that the hardware walks.";
  const large = hostLevels === 3 ? " A large mapping saves the host's table its last level." : "";
  return `each of the guest's four entries lies at a real address, which the host's table translates first (${hostLevels} references), and so does the page that is found: 4 × ${hostLevels} + 4 + ${hostLevels}.${large}`;
}

function OneTable({ walk }: { readonly walk: readonly WalkReference[] }) {
  return (
    <table class="walk">
      <thead>
        <tr>
          {walk.map(({ guestLevel }) => (
            <th key={guestLevel} scope="col">
              level {guestLevel}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {walk.map(({ number }) => (
            <td key={number} class="walk-guest">
              {number}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

const ROWS = [4, 3, 2, 1, null];

function TwoTables({ walk, hostLevels }: { readonly walk: readonly WalkReference[]; readonly hostLevels: number }) {
  const columns = [...Array.from({ length: hostLevels }, (_, index) => 4 - index), null];
  const numberAt = (guest: number | null, host: number | null): number | undefined =>
    walk.find(({ guestLevel, hostLevel }) => guestLevel === guest && hostLevel === (host === null ? null : host - (4 - hostLevels)))
      ?.number;
  return (
    <div class="table-frame">
      <table class="walk">
        <thead>
          <tr>
            <th scope="col">address of</th>
            {columns.map((host) => (
              <th key={host} scope="col">
                {host === null ? "then read" : `host level ${host}`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map((guest) => (
            <tr key={guest}>
              <th scope="row">{guest === null ? "the page" : `guest level ${guest}`}</th>
              {columns.map((host) => {
                const number = numberAt(guest, host);
                return (
                  <td key={host} class={number === undefined ? undefined : host === null ? "walk-guest" : "walk-host"}>
                    {number ?? "the data"}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
