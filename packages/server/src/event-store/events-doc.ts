import { CATALOGUE, CATALOGUE_VERSION, type EventField, type EventType, type FieldColumn } from "@ballast/core/events";

const COLUMNS: readonly FieldColumn[] = ["a", "b", "c", "d"];

/** docs/events.md, made from the catalogue: a test holds the file to it. */
export function describeEvents(): string {
  const families = Map.groupBy(CATALOGUE, (type) => type.family);
  const sections = [...families].map(([family, types]) => [`## ${family}`, ...types.map(describeType)].join("\n\n"));
  return `${[INTRODUCTION, ...sections].join("\n\n")}\n`;
}

const INTRODUCTION = `# Events

Made from the event catalogue (version ${CATALOGUE_VERSION}) by \`node packages/server/src/event-store/write-events-doc.ts\`; do not edit.

Every event has a position (from 1, without gaps), a simulated time in ns since the run began, a type, and the columns \`vm\` and
\`process\` (0: none) besides \`a\`, \`b\`, \`c\` (32 bits) and \`d\` (53 bits), whose meaning depends on the type. Texts are numbers of a
run's texts, by the order in which they first occur.`;

function describeType(type: EventType): string {
  const rows = COLUMNS.flatMap((column) => {
    const field = type.fields[column];
    return field === undefined ? [] : [`| \`${column}\` | ${field.name} | ${unitOf(field)} | ${meaningOf(field)} |`];
  });
  const table =
    rows.length === 0 ? [] : ["", "| column | name | kind | meaning |", "| --- | --- | --- | --- |", ...rows];
  return [`### ${type.code} ${type.name}`, "", `${type.says} (${SUBJECTS[type.subject]})`, ...table].join("\n");
}

const SUBJECTS: Readonly<Record<EventType["subject"], string>> = {
  host: "concerns the host",
  vm: "concerns a VM, or the host if `vm` is 0",
  process: "concerns a process of a VM",
};

function unitOf(field: EventField): string {
  return field.kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function meaningOf(field: EventField): string {
  if (field.choices === undefined) return field.says;
  const choices = Object.entries(field.choices).map(([value, name]) => `${value} ${name}`);
  return `${field.says}: ${choices.join(", ")}`;
}
