import {
  CATALOGUE,
  CATALOGUE_VERSION,
  EVENT_FAMILIES,
  type EventField,
  type EventType,
  FIELD_COLUMNS,
} from "../../packages/core/src/events/index.ts";

/** docs/events.md, made from the catalogue of events. */
export function eventsPage(): string {
  const families = Map.groupBy(CATALOGUE, (type) => type.family);
  const sections = [...families].map(([family, types]) =>
    [`## ${family}`, EVENT_FAMILIES[family], ...types.map(describeType)].join("\n\n"),
  );
  return `${[INTRODUCTION, ...sections].join("\n\n")}\n`;
}

const INTRODUCTION = `# Events

Made from the event catalogue (version ${CATALOGUE_VERSION}) by \`node docs/generate/main.ts\`; a test holds the two together.

Every event has a position (from 1, without gaps), a simulated time in ns since the run began, a type, and the columns \`vm\` and
\`process\` (0: none) besides \`a\`, \`b\`, \`c\` (32 bits) and \`d\` (53 bits), whose meaning depends on the type. Texts are numbers of a
run's texts, by the order in which they first occur.

The tables say what is recorded. Readers (SQL's \`events\`, \`--json\`, NDJSON, GraphQL) show null, and text \`none\`, for a number that stands
for none, and figures in their unit instead of in millionths.

The column \`decision\` (0: none; null in SQL, \`--json\` and GraphQL) is the number, within the run, of the policy's decision that an event
goes back to: \`PolicyDecided\` has it, and all that is done to carry the decision out (\`PageStolen\`, \`PageSwappedOut\`, \`FrameUnmapped\`,
\`BalloonTargetSet\`, \`MemoryLimitSet\`, \`VmSuspended\`, \`PageShared\` and the like). What comes later has the number of the decision in force:
everything that a balloon driver does has that of its target, pages stolen at a memory limit that of the limit, reports of free pages
that of the switching on. Where no decision is named, the event's cause or the event before it tells: a target set by a command, a limit of
the scenario's (a \`PageStolen\` without a decision is always one at such a limit), an access. In runs recorded with version 1 of the
catalogue only the events of a decision itself name it (\`PolicyDecided\`, \`PolicyFigureSeen\`, \`DecisionClamped\`; not in SQL, which shows what
was recorded): of the others it is not known.`;

function describeType(type: EventType): string {
  const rows = FIELD_COLUMNS.flatMap((column) => {
    const field = type.fields[column];
    return field === undefined ? [] : [`| \`${column}\` | ${field.name} | ${unitOf(field)} | ${meaningOf(field)} |`];
  });
  const table = rows.length === 0 ? [] : ["", "| column | name | kind | meaning |", "| --- | --- | --- | --- |", ...rows];
  return [`### ${type.code} ${type.name}`, "", `${type.description} (${SUBJECTS[type.subject]})`, ...table].join("\n");
}

const SUBJECTS: Readonly<Record<EventType["subject"], string>> = {
  host: "concerns the host",
  vm: "concerns a VM",
  vmOrHost: "concerns a VM, or the host if `vm` is 0",
  process: "concerns a process of a VM",
  processOrVm: "concerns a process of a VM, or the VM as a whole if `process` is 0",
};

function unitOf(field: EventField): string {
  return field.kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function meaningOf(field: EventField): string {
  if (field.choices === undefined) return field.description;
  const choices = Object.entries(field.choices).map(([value, name]) => `${value} ${name}`);
  return `${field.description}: ${choices.join(", ")}`;
}
