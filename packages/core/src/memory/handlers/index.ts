import { CATALOGUE, type EventFamily, type EventName } from "../../events/index.ts";
import type { MachineTables } from "../machine-tables.ts";
import { balloonHandlers } from "./balloon.ts";
import { compressionHandlers } from "./compression.ts";
import { deviceHandlers } from "./device.ts";
import { guestPagingHandlers } from "./guest-paging.ts";
import type { Handlers } from "./handlers.ts";
import { hostMappingHandlers } from "./host-mapping.ts";
import { hostSwapHandlers } from "./host-swap.ts";
import { largePageHandlers } from "./large-pages.ts";
import { lifeHandlers } from "./life.ts";
import { mappingHandlers } from "./mapping.ts";
import { policyHandlers } from "./policy.ts";
import { runHandlers } from "./run.ts";
import { sampleHandlers } from "./sample.ts";
import { sharingHandlers } from "./sharing.ts";
import { stealHandlers } from "./steal.ts";
import { trapHandlers } from "./trap.ts";

/** The compiler refuses an event type that has no handler. */
const HANDLERS: Handlers<EventFamily> = {
  ...balloonHandlers,
  ...compressionHandlers,
  ...deviceHandlers,
  ...guestPagingHandlers,
  ...hostMappingHandlers,
  ...hostSwapHandlers,
  ...largePageHandlers,
  ...lifeHandlers,
  ...mappingHandlers,
  ...policyHandlers,
  ...runHandlers,
  ...sampleHandlers,
  ...sharingHandlers,
  ...stealHandlers,
  ...trapHandlers,
};

/** A handler as it is called: with the values of its event, and behind them with numbers that it does not use. */
export type AnyHandler = (machine: MachineTables, ...values: [number, number, number, number, number, number]) => void;

/** By the code of the event type; null: it changes no table; undefined: there is no such type. */
export const HANDLER_OF_CODE: readonly (AnyHandler | null | undefined)[] = byCode();

function byCode(): (AnyHandler | null | undefined)[] {
  const table = new Array<AnyHandler | null | undefined>(CATALOGUE.at(-1)!.code + 1).fill(undefined);
  for (const { code, name } of CATALOGUE) table[code] = HANDLERS[name as EventName] as AnyHandler | null;
  return table;
}
