import { type CheckReport, type FigureReport, showExpected, showNumber, showTolerance } from "@ballast/fidelity";
import type { Output, Style } from "../output/output.ts";
import { type Column, formatTable } from "../output/table.ts";
import { wrap } from "../output/wrap.ts";

const VERDICT_STYLES: Readonly<Record<CheckReport["verdict"], Style>> = {
  pass: "green",
  fail: "red",
  compared: "dim",
  configuration: "dim",
  identity: "dim",
};

function columnsOf(output: Output): readonly Column<FigureReport>[] {
  return [
    { title: "figure", cell: ({ figure }) => figure },
    { title: "expected", align: "right", cell: ({ expected }) => showExpected(expected) },
    { title: "simulated", align: "right", cell: ({ simulated }) => showNumber(simulated) },
    { title: "unit", cell: ({ unit }) => unit },
    { title: "tolerance", cell: ({ expected, standardError }) => showTolerance(expected, standardError) },
    { title: "verdict", cell: ({ verdict }) => output.paint(VERDICT_STYLES[verdict], verdict) },
  ];
}

/** One check with its figures, for people. */
export function reportLines({ check, figures, verdict, sensitivity, seconds }: CheckReport, output: Output): string[] {
  const heading = `${output.paint(VERDICT_STYLES[verdict], verdict)}  ${output.paint("bold", check.id)}  ${seconds.toFixed(1)} s`;
  const description = [check.title, check.method ?? "", `${check.confidence}: ${check.source}`].filter((text) => text !== "");
  const moved = sensitivity.map(
    (row) =>
      `${row.parameter} is assumed to be ${row.assumed}: ${row.figure} is ${showNumber(row.asAssumed)}, ` +
      `halved ${showNumber(row.halved)}, doubled ${showNumber(row.doubled)}`,
  );
  const indent = (line: string): string => (line === "" ? "" : `  ${line}`);
  const width = output.width && output.width - 2;
  return [
    heading,
    ...description.flatMap((text) => wrap(text, width)).map(indent),
    ...["", ...formatTable(columnsOf(output), figures, width)].map(indent),
    ...(moved.length === 0 ? [] : ["", ...moved.flatMap((text) => wrap(text, width))].map(indent)),
    "",
  ];
}
