/** Whether an Accept header takes one of the media types; without the header everything is taken. */
export function acceptsAny(accept: string | null | undefined, served: readonly string[]): boolean {
  if (accept == null || accept.trim() === "") return true;
  return accept.split(",").some((range) => {
    const [name = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    if (parameters.some((parameter) => /^q\s*=\s*0(\.0*)?$/.test(parameter))) return false;
    const [type, subtype] = name.split("/");
    return served.some((media) => name === "*/*" || name === media || (subtype === "*" && media.startsWith(`${type}/`)));
  });
}
