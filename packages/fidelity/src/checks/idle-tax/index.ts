import type { Check } from "../../check.ts";
import { figure7 } from "./figure-7.ts";
import { idleTaxFormula } from "./formula.ts";

export const idleTaxChecks: readonly Check[] = [idleTaxFormula, figure7];
