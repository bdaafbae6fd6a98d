import { DownloadLink } from "../design/download-link.tsx";
import type { RunHead } from "../run/run-head.ts";
import { exportPath, type LogFilter } from "./log-filter.ts";

const FORMATS = [
  ["csv", "CSV"],
  ["ndjson", "JSON lines"],
  ["parquet", "Parquet"],
] as const;
type Format = (typeof FORMATS)[number][0];

type ExportLinksProps = {
  readonly run: RunHead;
  readonly filter: LogFilter;
  readonly isDecisions: boolean;
  readonly types: readonly { readonly type: string; readonly name: string }[];
};

/** What is listed, as a file. */
export function ExportLinks({ run, filter, isDecisions, types }: ExportLinksProps) {
  const nameOf = (type: string): string => types.find((each) => each.type === type)?.name ?? type;
  const pathOf = (format: Format): string =>
    isDecisions ? decisionsPath(run, filter, format) : exportPath(run.id, filter, format, nameOf);
  return (
    <span class="row small">
      <span class="soft">Export</span>
      {FORMATS.map(([format, name]) => (
        <DownloadLink key={name} href={pathOf(format)} file={fileOf(run, pathOf(format))}>
          {name}
        </DownloadLink>
      ))}
    </span>
  );
}

function decisionsPath(run: RunHead, { vm }: LogFilter, format: string): string {
  return `/runs/${run.id}/decisions.${format}${vm === undefined ? "" : `?vm=${vm}`}`;
}

/** As the server names it: what it is of, and the last part of the address. */
function fileOf({ scenarioName, policyName, id }: RunHead, path: string): string {
  const [, last = ""] = /([^/?]+)(?:\?|$)/.exec(path) ?? [];
  return `${scenarioName}-${policyName}-${id.slice(0, 8)}-${last}`;
}
