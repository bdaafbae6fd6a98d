import { ballooning } from "./ballooning.ts";
import { oneLevel } from "./one-level.ts";
import { overcommitment } from "./overcommitment.ts";
import type { Tour } from "./tour.ts";
import { twoLevel } from "./two-level.ts";

/** In the lecture's order. */
export const TOURS: readonly Tour[] = [oneLevel, twoLevel, overcommitment, ballooning];
