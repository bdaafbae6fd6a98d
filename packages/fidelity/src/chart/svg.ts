type Attributes = Readonly<Record<string, string | number>>;

/** An SVG element as text; coordinates to a tenth of a pixel, so that files do not differ invisibly. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(showAttribute(value))}"`);
  const start = `<${name}${written.join("")}`;
  return content.length === 0 ? `${start}/>` : `${start}>${content.join("")}</${name}>`;
}

export function textElement(attributes: Attributes, text: string): string {
  return element("text", attributes, escape(text));
}

function showAttribute(value: string | number): string {
  return typeof value === "number" ? String(Math.round(value * 10) / 10) : value;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Pixels that a text takes, about: letters of a proportional font differ, and there is no font here to ask. */
export function textWidth(text: string, fontSize: number): number {
  return text.length * fontSize * 0.53;
}

/** Lines of a text, each no wider than a number of pixels. */
export function wrapText(text: string, fontSize: number, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, fontSize) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
