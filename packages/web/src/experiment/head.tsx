import { seedsText } from "@ballast/statistics/words";
import { DownloadLink } from "../design/download-link.tsx";
import { Facts } from "../design/facts.tsx";
import { QueryLink } from "../design/query-link.tsx";
import { StatusTag } from "../design/status-tag.tsx";
import { dateTime } from "../format/numbers.ts";
import { KIND_NAMES } from "./experiment-words.ts";
import { ExperimentAnalysis } from "./experiment.generated.ts";
import type { Experiment } from "./use-experiment.ts";

/** What the experiment is, and what can be taken out of it. */
export function Head({ experiment }: { readonly experiment: Experiment }) {
  const { id, kind, scenarioName, seeds, status, createdAt, variants, baseline, keeps } = experiment;
  const compared = variants.filter(({ role }) => role === "COMPARED").length;
  return (
    <div class="stack-tight">
      <h1>
        {scenarioName} <span class="soft">{KIND_NAMES[kind].toLowerCase()}</span>
      </h1>
      <div class="row row-apart">
        <div class="row">
          <StatusTag status={status} />
          <Facts
            facts={[
              ["experiment", <code>{id}</code>],
              ["variants", compared],
              ["seeds", seedsText(seeds)],
              ["baseline", baseline.label],
              ["made", dateTime(createdAt)],
              ["keeps", keeps === "FIGURES" ? "figures only" : undefined],
            ]}
          />
        </div>
        <Exports id={id} isRunning={status === "RUNNING"} />
      </div>
    </div>
  );
}

const TABLES = ["cells", "metrics"] as const;
const FORMATS = ["csv", "parquet"] as const;

/** A report needs all runs; tables have what there is. */
function Exports({ id, isRunning }: { readonly id: string; readonly isRunning: boolean }) {
  const short = id.slice(0, 8);
  return (
    <div class="row small">
      {isRunning ? null : (
        <a href={`/experiments/${id}/report.html`} target="_blank" rel="noopener">
          Report as HTML
        </a>
      )}
      {TABLES.map((table) => (
        <span key={table}>
          {table === "cells" ? "Runs" : "Metrics"} as{" "}
          {FORMATS.map((format, place) => (
            <span key={format}>
              {place === 0 ? "" : ", "}
              <DownloadLink href={`/experiments/${id}/${table}.${format}`} file={`${short}-${table}.${format}`}>
                {format === "csv" ? "CSV" : "Parquet"}
              </DownloadLink>
            </span>
          ))}
        </span>
      ))}
      <QueryLink document={ExperimentAnalysis} variables={{ experiment: id }} />
    </div>
  );
}
