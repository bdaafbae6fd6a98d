export * from "./assert/index.ts";
export * from "./errors/index.ts";
export * from "./ids/index.ts";
export * from "./prng/index.ts";
export * from "./units/index.ts";
