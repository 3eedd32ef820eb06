/**
 * The value of an unset float or double field: 0, but stored as a double and not as the small integer that
 * V8 uses for a literal. With the literal, V8 would assume that these fields hold integers, and change the
 * object shape again each time it first sees a fraction in one of the fields.
 */
export const zero: number = new Float64Array(1)[0] ?? 0;
