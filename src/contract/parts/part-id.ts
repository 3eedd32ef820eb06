import { crc32 } from "../base/crc32.js";

/** The largest number that the sender may give to a message. */
export const maxMessageNumber = 2 ** 32 - 1;

/**
 * The id that all parts of a message share: the number of the message, or a random one, above the CRC-32 of its
 * records. So equal messages that are sent on purpose are two, and a message sent again under its number is one.
 */
export function partIdOf(bytes: Uint8Array, number: number = randomNumber()): bigint {
  return (BigInt(number) << 32n) | BigInt(crc32(bytes));
}

/** The CRC-32 in an id. */
export function checksumOf(id: bigint): number {
  return Number(BigInt.asUintN(32, id));
}

function randomNumber(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
