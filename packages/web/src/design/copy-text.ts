/** Puts a text into the clipboard. Browsers have no `navigator.clipboard` for a page that came over plain HTTP from another machine. */
export async function copyText(text: string): Promise<void> {
  if (isSecureContext) return await navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  if (!isCopied) throw new Error("the browser lets this page copy nothing");
}
