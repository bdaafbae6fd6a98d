/** A policy with parameters as the command line takes it: `esx:periodMs=5000:taxRate=0.5`. */
export function policyText(name: string, parameters: Readonly<Record<string, unknown>>): string {
  const settings = Object.keys(parameters)
    .sort()
    .map((key) => `${key}=${valueText(parameters[key])}`);
  return [name, ...settings].join(":");
}

function valueText(value: unknown): string {
  const text = String(value);
  return /^[^\s",:=]+$/.test(text) ? text : JSON.stringify(text);
}
