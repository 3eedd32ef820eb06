const longest = 80;

/**
 * A value as text for an error: at most 80 characters; for objects and arrays only the kind and size,
 * never the content. Reads no property that could be a getter.
 */
export function preview(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "bigint":
      return previewInteger(value, "n");
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return previewObject(value);
    default:
      return `a ${typeof value}`;
  }
}

/** The received value of an issue. A bigint of the right type has no `n`: the wire JSON has a plain number there. */
export function previewReceived(value: unknown, rule: string): string {
  const isOfRightType = rule === "range" || rule === "int64.unsafe";
  return isOfRightType && typeof value === "bigint" ? previewInteger(value, "") : preview(value);
}

function previewObject(value: object | null): string {
  if (value === null) return "null";
  try {
    if (Array.isArray(value)) return `an array of ${value.length}`;
    // Reading byteLength throws for an object that only looks like a byte array.
    if (value instanceof Uint8Array) return bytes(value.byteLength);
  } catch {
    // A revoked Proxy throws for every operation, but it is still an object.
  }
  return "an object";
}

function bytes(count: number): string {
  return count === 1 ? "1 byte" : `${count} bytes`;
}

function quote(text: string): string {
  if (text.length <= longest) {
    const whole = JSON.stringify(text);
    if (whole.length <= longest) return whole;
  }
  let end = Math.min(text.length, longest - 5);
  while (JSON.stringify(text.slice(0, end)).length > longest - 3) end--;
  return `${JSON.stringify(text.slice(0, wholeEnd(text, end)))}...`;
}

/** The text, or its first characters and `end` if it is longer than `max`. */
export function cut(text: string, max: number = longest, end = "..."): string {
  return text.length <= max ? text : `${text.slice(0, wholeEnd(text, max - end.length))}${end}`;
}

/** The offset, or the one before it if it is between the halves of a character. */
function wholeEnd(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
}

function previewInteger(value: bigint, suffix: string): string {
  // The digits of a bigint of some megabytes take minutes.
  if (BigInt.asIntN(1024, value) !== value) return "a bigint of more than 1024 bits";
  return cut(`${value}${suffix}`);
}
