/**
 * A copy of wire JSON in which the digits of texts and the fractions of numbers are others, so that
 * no two inputs of a run are the same and no cache is flattered. Lengths stay; times, versions and
 * whole numbers stay, because rules depend on them. Variant 0 is the original.
 */
export function vary(json: unknown, variant: number): unknown {
  if (variant === 0) return json;
  if (typeof json === "string") return varyText(json, variant);
  if (typeof json === "number") return varyNumber(json, variant);
  if (Array.isArray(json)) return json.map((item, index) => vary(item, variant + index));
  if (typeof json === "object" && json !== null) {
    return Object.fromEntries(
      Object.entries(json).map(([key, value]) => [
        key,
        fixed.has(key) ? value : vary(value, variant),
      ]),
    );
  }
  return json;
}

/** Keys whose values name something that the rules know. */
const fixed = new Set(["@type", "type", "version", "message_type", "payload_type", "timeout"]);
const time = /^\d{4}-\d\d-\d\dT|^-?\d+(\.\d+)?s?$/;

function varyText(text: string, variant: number): string {
  if (text.length < 4 || time.test(text)) return text;
  const characters = [...text];
  let rest = variant;
  for (let index = characters.length - 1; index >= 0 && rest > 0; index--) {
    const digit = "12345678".indexOf(characters[index] ?? "");
    if (digit < 0) continue;
    characters[index] = String(1 + ((digit + rest) % 8));
    rest >>= 3;
  }
  return characters.join("");
}

function varyNumber(number: number, variant: number): number {
  if (Number.isInteger(number)) return number;
  return Number((number * (1 - (variant % 61) / 1000)).toPrecision(6));
}
