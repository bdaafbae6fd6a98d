import type { Logger } from "pino";
import type { Application } from "../application/index.ts";
import { EventTexts } from "./events/event-texts.ts";
import type { Limits } from "./limits/limits.ts";
import { SharedLog } from "./tail/shared-log.ts";

/** What all requests of one server share. */
export type Services = {
  readonly application: Application;
  readonly texts: EventTexts;
  readonly log: SharedLog;
  readonly limits: Limits;
  readonly logger: Logger;
  /** Aborts when the server closes. */
  readonly closing: AbortSignal;
  /** Whose files clients may import as traces; undefined: of none. */
  readonly traceFolder: string | undefined;
};

export type ServicesOptions = Pick<Services, "application" | "limits" | "logger" | "closing" | "traceFolder">;

export function createServices(options: ServicesOptions): Services {
  const { pool } = options.application;
  return { ...options, texts: new EventTexts(pool), log: new SharedLog(pool) };
}
