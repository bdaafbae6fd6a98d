import { decimal } from "../format/numbers.ts";
import type { StartQuery } from "./start.generated.ts";

type Analysis = StartQuery["experiments"]["nodes"][number]["analysis"];

/** The means of the metric that the conclusion is about, as bars from zero; a variant without a mean says so. */
export function PrimaryMetric({ analysis: { primaryMetric, metrics } }: { readonly analysis: Analysis }) {
  const metric = metrics.find((each) => each.metric === primaryMetric);
  if (metric === undefined) return null;
  const max = Math.max(...metric.variants.map(({ mean }) => mean ?? 0));
  return (
    <table class="bars">
      <caption class="small soft">{metric.title}, means over seeds</caption>
      <tbody>
        {metric.variants.map(({ variant, mean, n }) => (
          <tr key={variant}>
            <th scope="row">{variant}</th>
            <td class="bars-bar">
              <span style={{ width: `${mean == null || max === 0 ? 0 : (100 * mean) / max}%` }} />
            </td>
            <td class="number">{mean == null || n === 0 ? "not comparable" : decimal(mean)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
