export type { Check } from "./check.ts";
export { CHECKS } from "./checks/index.ts";
export { writeFidelity } from "./fidelity/write-fidelity.ts";
export { checkShape, reportShape } from "./report-shape.ts";
export type { CheckReport, FigureReport } from "./run-check.ts";
export { runChecks } from "./run-checks.ts";
export { selectChecks } from "./select-checks.ts";
export { showExpected, showNumber, showTolerance } from "./show-figures.ts";
