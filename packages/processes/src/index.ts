export { findLaunchers, type Launcher, LAUNCHER_VARIABLE, watchLaunchers } from "./launchers.ts";
export { exists, hasEnded, isAlive, processIdentity } from "./process-identity.ts";
export { processSpace } from "./process-space.ts";
