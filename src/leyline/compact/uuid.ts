/** The only spelling that {@link formatUuid} writes, so the only one that comes back unchanged. */
const canonical = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const hex: readonly string[] = /*@__PURE__*/ Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

/** The 16 bytes of a UUID in canonical spelling, in lower case; undefined for any other text. */
export function parseUuid(text: string): Uint8Array | undefined {
  if (!canonical.test(text)) return undefined;
  const digits = text.replaceAll("-", "");
  return Uint8Array.from({ length: 16 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}

/** The canonical spelling of a UUID of 16 bytes. */
export function formatUuid(bytes: Uint8Array): string {
  let text = "";
  for (const [index, byte] of bytes.entries()) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += "-";
    text += hex[byte] ?? "";
  }
  return text;
}
