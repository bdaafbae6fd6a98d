import type { TranslateMomentQuery } from "./translate.generated.ts";

/** What the address asks for; what it leaves open is the largest process that there is, and its first page. */
export type AskedPage = { readonly vm: number; readonly process: number; readonly virtualPage: number; readonly offset: number };

/** The moment at which it is translated, with the run's scenario. */
export type MomentOfRun = NonNullable<TranslateMomentQuery["run"]>;
