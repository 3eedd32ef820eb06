/** Remainders of all bytes for the polynomial 0xedb88320, which is the one of zlib. */
const table: Int32Array = /* @__PURE__ */ Int32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 && 0xedb88320);
  return remainder;
});

/**
 * The CRC-32 of bytes, as zlib computes it, from 0 to 2^32 - 1. `before` is the CRC-32 of the bytes before
 * these: `crc32(b, crc32(a))` is that of `a` and `b` concatenated. Document: RFC 1952.
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let sum = ~before;
  // An index, because an iterator over bytes costs several times as much.
  for (let index = 0; index < bytes.length; index++) {
    sum = (sum >>> 8) ^ (table[(sum ^ (bytes[index] ?? 0)) & 0xff] ?? 0);
  }
  return ~sum >>> 0;
}
