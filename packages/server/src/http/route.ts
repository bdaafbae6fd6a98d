import type { Handler } from "./exchange.ts";

export type Route = {
  /** As metrics name it: without ids. */
  readonly name: string;
  readonly methods: readonly string[];
  /** `health` asks neither for a name nor a token: probes come by address. `page` asks for no token. */
  readonly access: "health" | "page" | "token";
  readonly handler: Handler;
};
