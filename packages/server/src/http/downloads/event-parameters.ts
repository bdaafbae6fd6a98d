import { BallastError } from "@ballast/core/errors";
import { CATALOGUE, EVENT_FAMILIES, type EventFamily, eventTypeNamed } from "@ballast/core/events";
import type { EventQuery } from "../../api/events/find-events.ts";
import type { Run } from "../../runs/index.ts";
import { names, readParameters, wholeNumberFrom } from "./query-parameters.ts";

type Reader = (text: string, name: string) => unknown;

const [fromZero, fromOne] = [wholeNumberFrom(0), wholeNumberFrom(1)];

/** How addresses have each part of a query: all that lists of events take, files of them take, too. */
const PARTS = {
  fromPosition: ["from", fromOne],
  toPosition: ["to", fromOne],
  fromTimeNs: ["fromTimeNs", fromZero],
  toTimeNs: ["toTimeNs", fromZero],
  types: ["type", (text, name) => names(text, name).map(codeOf)],
  families: ["family", (text, name) => names(text, name).map(familyOf)],
  vm: ["vm", fromZero],
  process: ["process", fromOne],
  virtualPage: ["virtualPage", fromZero],
  realPage: ["realPage", fromZero],
  physicalPage: ["physicalPage", fromZero],
} as const satisfies Record<keyof EventQuery, readonly [string, Reader]>;

/** The parameters of an address that say which events. */
export const EVENT_PARAMETERS: readonly string[] = Object.values(PARTS).map(([parameter]) => parameter);

type AskedEvents = { readonly query: EventQuery; readonly limit: number | undefined };

/** @throws BallastError INPUT_INVALID for what is no parameter or no value of one, POSITION_OUT_OF_RANGE for an end that the run has not reached. */
export function readEventQuery(run: Run, search: URLSearchParams): AskedEvents {
  const { limit, ...given } = readParameters(search, { ...Object.fromEntries(Object.values(PARTS)), limit: fromOne } as Readonly<
    Record<string, Reader>
  >);
  const parts = Object.entries(PARTS).map(([part, [parameter]]) => [part, given[parameter]]);
  const query = Object.fromEntries(parts) as EventQuery;
  checkRange(run, query.fromPosition, query.toPosition);
  return { query, limit: limit as number | undefined };
}

/** @throws BallastError as `readEventQuery`. */
export function checkRange({ id, headPosition }: Run, from: number | null | undefined, to: number | null | undefined): void {
  if (to == null) return;
  const range = `run ${id} has events 1 to ${headPosition}`;
  if (to > headPosition) throw new BallastError("POSITION_OUT_OF_RANGE", `${range}; \`to\` is ${to}`);
  if ((from ?? 1) > to) throw new BallastError("INPUT_INVALID", `\`from\` ${from} lies after \`to\` ${to}`);
}

function codeOf(name: string): number {
  const found = eventTypeNamed(name);
  if (found !== undefined) return found.code;
  const all = CATALOGUE.map((declared) => declared.name).join(", ");
  throw new BallastError("INPUT_INVALID", `"${name}" is no type of event; there are: ${all}`);
}

function familyOf(name: string): EventFamily {
  if (Object.hasOwn(EVENT_FAMILIES, name)) return name as EventFamily;
  throw new BallastError("INPUT_INVALID", `"${name}" is no family of events; there are: ${Object.keys(EVENT_FAMILIES).join(", ")}`);
}
