/** The lecture's colours of pages. Each is drawn with its letter too. */
export const COLOURS = { red: "R", yellow: "Y", green: "G", "dark-blue": "B" } as const;

export type Colour = keyof typeof COLOURS;

/** Which event of the run a step shows: the first that fits, or the one of that number. */
export type Sought = {
  readonly type: string;
  readonly vm?: number;
  readonly process?: number;
  readonly virtualPage?: number;
  readonly realPage?: number;
  /** From 1. */
  readonly nth?: number;
};

export type TourStep = {
  /** The bundled scenario whose run is shown. */
  readonly scenario: string;
  readonly sought: Sought;
  readonly say: string;
};

export type Tour = {
  /** In its address. */
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** Of virtual pages, as `VM.process.page`. */
  readonly colours: Readonly<Record<string, Colour>>;
  /** What is drawn: tables page by page, or who has how much memory. */
  readonly picture: "pages" | "memory";
  readonly steps: readonly TourStep[];
};

/** What a tour knows of an event. */
export type TourEvent = {
  readonly position: string;
  readonly type: string;
  readonly vm: number | null;
  readonly process: number | null;
  readonly fields: readonly { readonly name: string; readonly value: string | null }[];
};

/** The event that a step shows; undefined: the run has none. */
export function findEvent<Event extends TourEvent>(events: readonly Event[], sought: Sought): Event | undefined {
  return events.filter((event) => fits(event, sought))[(sought.nth ?? 1) - 1];
}

function fits({ type, vm, process, fields }: TourEvent, sought: Sought): boolean {
  if (type !== sought.type) return false;
  if (sought.vm !== undefined && vm !== sought.vm) return false;
  if (sought.process !== undefined && process !== sought.process) return false;
  return (["virtualPage", "realPage"] as const).every((name) => {
    const field = fields.find((each) => each.name === name);
    return sought[name] === undefined || field?.value === String(sought[name]);
  });
}
