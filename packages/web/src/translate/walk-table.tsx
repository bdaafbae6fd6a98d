import { levelsOf, type WalkLevels, walkOf, type WalkReference } from "./walk-levels.ts";

type WalkTableProps = {
  readonly levels: WalkLevels;
  /** Without words, for a small picture beside a caption. */ readonly isSmall?: boolean;
};

/** Every memory reference of a walk without caches, numbered in its order: a row for each entry of the guest's table. */
export function WalkTable({ levels, isSmall = false }: WalkTableProps) {
  const walk = walkOf(levels);
  return levels.host === 0 ? <OneTable walk={walk} isSmall={isSmall} /> : <TwoTables walk={walk} levels={levels} isSmall={isSmall} />;
}

type PartProps = { readonly walk: readonly WalkReference[]; readonly isSmall: boolean };

function OneTable({ walk, isSmall }: PartProps) {
  return (
    <table class={isSmall ? "walk-small" : "walk"}>
      <thead>
        <tr>
          {walk.map(({ guestLevel }) => (
            <th key={guestLevel} scope="col">
              {isSmall ? guestLevel : `level ${guestLevel}`}
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

function TwoTables({ walk, levels, isSmall }: PartProps & { readonly levels: WalkLevels }) {
  const columns = [...levelsOf(levels.host), null];
  const rows = [...levelsOf(levels.guest), null];
  const numberAt = (guest: number | null, host: number | null): number | undefined =>
    walk.find(({ guestLevel, hostLevel }) => guestLevel === guest && hostLevel === host)?.number;
  return (
    <div class="table-frame">
      <table class={isSmall ? "walk-small" : "walk"}>
        <thead>
          <tr>
            <th scope="col">{isSmall ? "guest" : "address of"}</th>
            {columns.map((host) => (
              <th key={host} scope="col">
                {host === null ? (isSmall ? "read" : "then read") : isSmall ? `h${host}` : `host level ${host}`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((guest) => (
            <tr key={guest}>
              <th scope="row">{guest === null ? (isSmall ? "page" : "the page") : isSmall ? `g${guest}` : `guest level ${guest}`}</th>
              {columns.map((host) => {
                const number = numberAt(guest, host);
                return (
                  <td key={host} class={number === undefined ? undefined : host === null ? "walk-guest" : "walk-host"}>
                    {number ?? (isSmall ? "data" : "the data")}
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
