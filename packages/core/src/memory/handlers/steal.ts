import type { Handlers } from "./handlers.ts";

export const stealHandlers = {
  PageStolen: null,
} satisfies Handlers<"steal">;
