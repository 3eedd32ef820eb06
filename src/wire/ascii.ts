/** Maximum length for {@link readAscii}: up to here it is faster than a call into the engine (measured). */
export const longestAscii = 20;

/**
 * Reads a string of at most {@link longestAscii} bytes. Returns undefined if a byte is not ASCII. There
 * is one call for each length: with a fixed number of arguments the engine builds the string in place.
 */
export function readAscii(b: Uint8Array, p: number, length: number): string | undefined {
  if (length === 0) return "";
  const code = String.fromCharCode;
  const c0 = b[p] ?? 0;
  let bits = c0;
  if (length === 1) return bits < 0x80 ? code(c0) : undefined;
  const c1 = b[p + 1] ?? 0;
  bits |= c1;
  if (length === 2) return bits < 0x80 ? code(c0, c1) : undefined;
  const c2 = b[p + 2] ?? 0;
  bits |= c2;
  if (length === 3) return bits < 0x80 ? code(c0, c1, c2) : undefined;
  const c3 = b[p + 3] ?? 0;
  bits |= c3;
  if (length === 4) return bits < 0x80 ? code(c0, c1, c2, c3) : undefined;
  const c4 = b[p + 4] ?? 0;
  bits |= c4;
  if (length === 5) return bits < 0x80 ? code(c0, c1, c2, c3, c4) : undefined;
  const c5 = b[p + 5] ?? 0;
  bits |= c5;
  if (length === 6) return bits < 0x80 ? code(c0, c1, c2, c3, c4, c5) : undefined;
  const c6 = b[p + 6] ?? 0;
  bits |= c6;
  if (length === 7) return bits < 0x80 ? code(c0, c1, c2, c3, c4, c5, c6) : undefined;
  const c7 = b[p + 7] ?? 0;
  bits |= c7;
  if (length === 8) return bits < 0x80 ? code(c0, c1, c2, c3, c4, c5, c6, c7) : undefined;
  const c8 = b[p + 8] ?? 0;
  bits |= c8;
  if (length === 9) return bits < 0x80 ? code(c0, c1, c2, c3, c4, c5, c6, c7, c8) : undefined;
  const c9 = b[p + 9] ?? 0;
  bits |= c9;
  if (length === 10) return bits < 0x80 ? code(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9) : undefined;
  const c10 = b[p + 10] ?? 0;
  bits |= c10;
  if (length === 11)
    return bits < 0x80 ? code(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10) : undefined;
  const c11 = b[p + 11] ?? 0;
  bits |= c11;
  if (length === 12)
    return bits < 0x80 ? code(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11) : undefined;
  const c12 = b[p + 12] ?? 0;
  bits |= c12;
  if (length === 13)
    return bits < 0x80 ? code(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12) : undefined;
  const c13 = b[p + 13] ?? 0;
  bits |= c13;
  if (length === 14)
    return bits < 0x80
      ? code(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13)
      : undefined;
  const c14 = b[p + 14] ?? 0;
  bits |= c14;
  if (length === 15)
    return bits < 0x80
      ? code(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14)
      : undefined;
  const c15 = b[p + 15] ?? 0;
  bits |= c15;
  if (length === 16)
    return bits < 0x80
      ? code(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15)
      : undefined;
  const c16 = b[p + 16] ?? 0;
  bits |= c16;
  if (length === 17)
    return bits < 0x80
      ? code(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16)
      : undefined;
  const c17 = b[p + 17] ?? 0;
  bits |= c17;
  if (length === 18)
    return bits < 0x80
      ? code(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17)
      : undefined;
  const c18 = b[p + 18] ?? 0;
  bits |= c18;
  if (length === 19)
    return bits < 0x80
      ? code(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18)
      : undefined;
  const c19 = b[p + 19] ?? 0;
  bits |= c19;
  return bits < 0x80
    ? code(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19)
    : undefined;
}
