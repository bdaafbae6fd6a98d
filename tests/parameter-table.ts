import type { Policy } from "../packages/core/src/policy/index.ts";

/** The table of a policy's parameters as its README shows it. */
export function parameterTable(policy: Policy): string {
  const rows = Object.entries(policy.parameters).map(([name, parameter]) => {
    const isNumber = parameter.type === "number" || parameter.type === "integer";
    const unit = isNumber ? parameter.unit : parameter.type;
    const range = isNumber ? `${parameter.minimum} to ${parameter.maximum}` : "";
    const { default: value, description, source, confidence } = parameter;
    return `| \`${name}\` | ${unit} | ${String(value)} | ${range} | ${description} | ${confidence}: ${source} |`;
  });
  const head = [
    "| parameter | unit | default | range (included) | meaning | source of the default |",
    "| --- | --- | --- | --- | --- | --- |",
  ];
  return [...head, ...rows].join("\n");
}
