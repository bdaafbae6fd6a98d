import type { SensitivityRow } from "../check.ts";
import type { Subject } from "../checks/index.ts";
import { SEEDS } from "../lab/seeds.ts";
import type { CheckReport, FigureReport } from "../run-check.ts";
import { showExpected, showNumber, showTolerance } from "../show-figures.ts";
import { markdownTable } from "./markdown-table.ts";

/** The command that writes the page and its charts. */
export const WRITE_COMMAND = "npx ballast reproduce --write docs";

const HEAD = [
  "# Fidelity",
  "",
  `Made by \`${WRITE_COMMAND}\`, byte for byte the same on every machine; not to be edited by hand. It runs every check and`,
  "writes what came out. `ballast reproduce` alone shows the same on the terminal, with the seconds that each check took.",
  "",
  "Each figure is held against one that stands in a source (**published**) or follows from such by arithmetic (**derived**):",
  "it passes or fails. What is known to the **field**, but was not read in the original for this project, is compared and",
  `never judged. Laws over random draws are looked at with ${SEEDS.length} seeds (${SEEDS[0]} to ${SEEDS.at(-1)}): the mean must be within three standard errors (SE).`,
  "Figures that prove nothing are judged, and a miss fails, but they do not count as passes: **configuration** reads back what a",
  "default, a preset or the scenario sets; **identity** follows from how it is counted, or is asserted by the simulator itself.",
  "A bound must hold for each seed. What is unpublished is assumed; tables named *Assumed* show how a figure moves",
  "when such a parameter is halved and doubled.",
  "",
];

/** docs/fidelity.md from the reports of all checks. */
export function fidelityPage(subjects: readonly Subject[], reports: readonly CheckReport[]): string {
  const reportsOf = (name: string): CheckReport[] => reports.filter(({ subject }) => subject === name);
  const summary = subjects.map(({ name, title }) => summaryRow(name, title, reportsOf(name)));
  return [
    ...HEAD,
    ...markdownTable(
      ["subject", "checks", "figures that pass", "that fail", "by configuration", "by identity", "compared only"],
      [...summary, totalRow(reports)],
    ),
    "",
    ...subjects.flatMap((subject) => [`## ${subject.title}`, "", subject.description, "", ...reportsOf(subject.name).flatMap(checkLines)]),
    ...allAssumedLines(reports),
  ].join("\n");
}

/** Everything that is assumed, in one place. */
function allAssumedLines(reports: readonly CheckReport[]): string[] {
  const rows = reports.flatMap(({ check, sensitivity }) => sensitivity.map((row) => [`\`${check.id}\``, ...assumedRow(row)]));
  return [
    "## Assumed parameters",
    "",
    "Never published, so guessed: what becomes of a figure when such a parameter is halved, and when it is doubled. Every default",
    "of a scenario, a cost or a policy says in its own description whether it is published, calibrated or assumed.",
    "",
    ...markdownTable(["check", ...ASSUMED_TITLES], rows),
    "",
  ];
}

const ASSUMED_TITLES = ["parameter", "value", "figure", "halved", "as assumed", "doubled"];

/** The lines of one check: what a test compares with a run of it. */
export function checkLines({ check, figures, charts, sensitivity }: CheckReport): string[] {
  const method = check.method === undefined ? [] : [check.method];
  return [
    `### \`${check.id}\``,
    "",
    `${check.title}.`,
    "",
    ...method.flatMap((text) => [text, ""]),
    `Source (${check.confidence}): ${check.source}.`,
    "",
    ...markdownTable(["figure", "unit", "expected", "simulated", "tolerance", "verdict"], figures.map(figureRow)),
    "",
    ...charts.flatMap(({ name, title }) => [`![${title}](fidelity/${name}.svg)`, ""]),
    ...(sensitivity.length === 0 ? [] : assumedLines(sensitivity)),
  ];
}

function figureRow({ figure, unit, expected, simulated, standardError, verdict }: FigureReport): string[] {
  const shown = verdict === "fail" ? "**fail**" : verdict;
  return [figure, unit, showExpected(expected), showNumber(simulated), showTolerance(expected, standardError), shown];
}

function assumedLines(rows: readonly SensitivityRow[]): string[] {
  return ["Assumed:", "", ...markdownTable(ASSUMED_TITLES, rows.map(assumedRow)), ""];
}

function assumedRow({ parameter, assumed, figure, halved, asAssumed, doubled }: SensitivityRow): string[] {
  return [parameter, assumed, figure, showNumber(halved), showNumber(asAssumed), showNumber(doubled)];
}

function summaryRow(name: string, title: string, reports: readonly CheckReport[]): string[] {
  const anchor = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
  return [`[${title}](#${anchor}) (\`${name}\`)`, ...countCells(reports)];
}

function totalRow(reports: readonly CheckReport[]): string[] {
  return ["all", ...countCells(reports)];
}

function countCells(reports: readonly CheckReport[]): string[] {
  const verdicts = reports.flatMap(({ figures }) => figures.map(({ verdict }) => verdict));
  const count = (wanted: string): string => String(verdicts.filter((verdict) => verdict === wanted).length);
  return [String(reports.length), count("pass"), count("fail"), count("configuration"), count("identity"), count("compared")];
}
