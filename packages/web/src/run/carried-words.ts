/** `VM 1: PageStolen realPage 40 physicalPage 7 order idle decision 2` as `real page 40 frame 7 order idle`. */
export function carriedWords(text: string): string {
  return text
    .replace(/^.*?: [A-Z]\w*/, "")
    .replace(/ decision \d+(?=$| )/, "")
    .replace(/(^| )([a-z]+(?:[A-Z][a-z]*)+)(?= )/g, (_, space: string, name: string) => `${space}${spaced(name)}`)
    .trim();
}

function spaced(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace("physical page", "frame");
}
