import { type ChartData, thinnedPlaces } from "./chart-data.ts";

const MAX_ROWS = 40;

/** The numbers of a chart: a row for each x, of long charts every so many. */
export function ChartTable({ data }: { readonly data: ChartData }) {
  const { name, x, y, xs, series } = data;
  const places = thinnedPlaces(xs.length, MAX_ROWS);
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label={name}>
      <table class="table">
        <caption class="visually-hidden">{name}</caption>
        <thead>
          <tr>
            <th class="number" scope="col">
              {x.label}
            </th>
            {series.map((each) => (
              <th class="number" scope="col" key={each.name}>
                {each.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <tr key={place}>
              <th class="number" scope="row">
                {x.show(xs[place] ?? 0)}
              </th>
              {series.map(({ name: key, values }) => (
                <td class="number" key={key}>
                  {values[place] == null ? "none" : y.show(values[place])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {places.length < xs.length ? (
        <p class="small soft">
          {places.length} of {xs.length} points.
        </p>
      ) : null}
    </div>
  );
}
