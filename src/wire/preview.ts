const longest = 80;

/**
 * A value as it may stand in an error text: at most 80 characters, containers by kind and size only,
 * never their contents. Reads nothing that could run foreign code.
 */
export function preview(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "bigint":
      return cut(`${value}n`);
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

function previewObject(value: object | null): string {
  if (value === null) return "null";
  try {
    if (Array.isArray(value)) return `an array of ${value.length}`;
    // What only looks like a byte array has no byteLength: reading it throws.
    if (value instanceof Uint8Array) return bytes(value.byteLength);
  } catch {
    // A revoked Proxy throws on everything; it is still an object.
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
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end--;
  return `${JSON.stringify(text.slice(0, end))}...`;
}

function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
}
