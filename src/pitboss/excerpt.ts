import { preview } from "../wire/preview.js";

const longest = 80;

/** A foreign text as it may stand in a reason or an error: well-formed, at most 80 characters. */
export function excerpt(text: string): string {
  if (text.length <= longest) return text.toWellFormed();
  const start = text.slice(0, longest - 3).toWellFormed();
  // A surrogate pair that was cut in two has left half a character here.
  return `${start.replace(/\ufffd$/, "")}...`;
}

/** What foreign code threw, in at most 80 characters; reads nothing of it but an error's message. */
export function excerptThrown(thrown: unknown): string {
  if (typeof thrown === "string") return excerpt(thrown);
  try {
    if (thrown instanceof Error) {
      const message: unknown = thrown.message;
      if (typeof message === "string" && message !== "") return excerpt(message);
    }
  } catch {
    // A message may be a getter that throws, too.
  }
  return preview(thrown);
}
