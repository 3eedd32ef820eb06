import type { DescFile, DescMessage } from "@bufbuild/protobuf";

/** The files that define these messages and all that their fields refer to. */
export function filesOf(roots: readonly DescMessage[]): DescFile[];

/**
 * A proto file with the same messages on the wire, in words that a compiler of 2017 knows: without
 * options and comments, and with an optional field in a oneof of its own, which is what it is.
 */
export function toProtoText(file: DescFile): string;
