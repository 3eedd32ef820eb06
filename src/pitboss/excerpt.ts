import { preview } from "../wire/preview.js";

const maxCharacters = 80;

/** A text of user code or a peer for use in a reason or an error: well-formed, cut to 80 characters. */
export function excerpt(text: string): string {
  if (text.length <= maxCharacters) return text.toWellFormed();
  const start = text.slice(0, maxCharacters - 3).toWellFormed();
  // toWellFormed has replaced half of a surrogate pair that was cut in two.
  return `${start.replace(/\ufffd$/, "")}...`;
}

/**
 * Message of an error thrown by user code, cut to 80 characters. Reads only `message`: other properties
 * may be getters.
 */
export function excerptThrown(thrown: unknown): string {
  if (typeof thrown === "string") return excerpt(thrown);
  try {
    if (thrown instanceof Error) {
      const message: unknown = thrown.message;
      if (typeof message === "string" && message !== "") return excerpt(message);
    }
  } catch {
    // `message` may be a getter that throws.
  }
  return preview(thrown);
}
