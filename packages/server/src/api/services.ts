import type { Logger } from "pino";
import type { Application } from "../application/index.ts";
import { EventTexts } from "./events/event-texts.ts";
import { SharedBytes } from "./limits/answer-budget.ts";
import { StateGate } from "./limits/held-states.ts";
import type { Limits } from "./limits/limits.ts";
import { Followers } from "./tail/followers.ts";
import { OneAtATime } from "./limits/one-at-a-time.ts";
import { OperationsUnderWay } from "./limits/operations-under-way.ts";
import { PageActivities } from "./page-maps/page-activities.ts";
import { PageMaps } from "./page-maps/page-maps.ts";
import { SharedLog } from "./tail/shared-log.ts";
import { SharedMessages } from "./tail/shared-messages.ts";
import { TurnQueue } from "./tail/turn-queue.ts";

/** What all requests of one server share. */
export type Services = {
  readonly application: Application;
  readonly texts: EventTexts;
  readonly log: SharedLog;
  readonly turns: TurnQueue;
  /** Turns of the event loop for operations that begin, apart from those of readers. */
  readonly admissions: TurnQueue;
  readonly followers: Followers;
  /** Of the event stream and the export. */
  readonly messages: SharedMessages<Buffer>;
  readonly limits: Limits;
  readonly operations: OperationsUnderWay;
  /** Of all answers in the making. */
  readonly answerBytes: SharedBytes;
  readonly stateGate: StateGate;
  /** Of miss ratio curves, each of which takes a thread. */
  readonly curves: OneAtATime;
  /** Of reports, which are drawn in the server's thread. */
  readonly reports: OneAtATime;
  readonly pageMaps: PageMaps;
  readonly pageActivities: PageActivities;
  readonly logger: Logger;
  /** Aborts when the server closes. */
  readonly closing: AbortSignal;
  /** Whose files clients may import as traces; undefined: of none. */
  readonly traceFolder: string | undefined;
};

export type ServicesOptions = Pick<Services, "application" | "limits" | "logger" | "closing" | "traceFolder">;

export function createServices(options: ServicesOptions): Services {
  const { pool } = options.application;
  const stateGate = new StateGate();
  return {
    ...options,
    operations: new OperationsUnderWay(options.limits),
    answerBytes: new SharedBytes(),
    stateGate,
    curves: new OneAtATime(),
    reports: new OneAtATime(),
    pageMaps: new PageMaps(options.application, stateGate),
    pageActivities: new PageActivities(options.application),
    texts: new EventTexts(pool),
    log: new SharedLog(pool),
    turns: new TurnQueue(),
    admissions: new TurnQueue(),
    followers: new Followers(options),
    messages: new SharedMessages((message) => message.length),
  };
}
