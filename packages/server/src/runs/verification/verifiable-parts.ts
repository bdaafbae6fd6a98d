import type { VerifiablePart } from "../../database/checksums/index.ts";
import { CHECKPOINTS } from "../../event-store/index.ts";
import { keyframeParts } from "../../history/index.ts";
import { READ_MODELS } from "../../projections/index.ts";
import { traceParts } from "../../traces/index.ts";
import { JOBS } from "./job-damages.ts";

/** What is stored of a run besides its log. A new kind of stored part has its line here. */
export const VERIFIABLE_PARTS: readonly VerifiablePart[] = [CHECKPOINTS, keyframeParts, traceParts, READ_MODELS, JOBS];
/** Those of a run that keeps only its figures. */
export const PARTS_WITHOUT_LOG: readonly VerifiablePart[] = [CHECKPOINTS, traceParts, JOBS];
