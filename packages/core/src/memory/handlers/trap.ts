import type { Handlers } from "./handlers.ts";

export const trapHandlers = {
  Trapped: null,
} satisfies Handlers<"trap">;
