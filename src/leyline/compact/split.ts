import { ScalarType } from "@bufbuild/protobuf";
import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { StateFrameSchema } from "../../../gen/esper/leyline/compact/v1/frame_pb.js";
import { eachRecord, type WireRecord } from "../../contract/parts/records.js";
import { ContractError, type ContractIssue } from "../../wire/error.js";
import { after, readLength, readVarint } from "../../wire/varint.js";
import { SystemStatePacket } from "../state.js";
import { maxFrameParts, StateFrame, StateUpdate } from "./frame.js";

/** A frame as it is sent. */
export function encodeFrame(frame: StateFrame): Uint8Array {
  return StateUpdate.codec.encode(updateOf(frame));
}

function updateOf(frame: StateFrame): StateUpdate {
  const update = StateUpdate.codec.create();
  update.update = { case: "frame", value: frame };
  return update;
}

/**
 * Cuts a frame that does not fit one array: between its records, and packed columns between their items.
 * Throws ContractError `budget.size` for a packet_id that fits no array.
 */
export function splitFrame(frame: StateFrame, maxBytes: number): Uint8Array[] {
  const { codec } = StateFrame;
  const { dictionaryId, entries, number } = frame;
  const head = { ...codec.create(), dictionaryId, entries, number };
  const body = codec.encode({ ...frame, dictionaryId: 0n, entries: 0, number: 0 });
  // Part and parts at their longest, and a byte more for the length of the frame.
  const longest = updateOf({ ...head, part: maxFrameParts, parts: maxFrameParts });
  const cut = new Cut(maxBytes - StateUpdate.codec.size(longest) - 1);
  const columns = columnsOf();
  eachRecord(body, 0, body.length, 1, (record) => {
    if (cut.put(body.subarray(record.start, record.end))) return;
    const areFloats = columns.get(record.number);
    if (areFloats !== undefined) {
      putColumn(cut, body, record, areFloats);
    } else if (!cut.next().put(body.subarray(record.start, record.end))) {
      const message = `a text that takes ${record.end - record.start} bytes does not fit the ${cut.room} that an array of ${maxBytes} has for it`;
      throw tooLarge({ path: "packet_id", rule: "budget.size", message });
    }
  });
  const parts = cut.parts.length;
  if (parts > maxFrameParts) {
    const message = `the packet takes ${parts} frames, more than ${maxFrameParts}`;
    throw tooLarge({ path: "", rule: "budget.size", message });
  }
  return cut.parts.map((records, part) =>
    encodeFrame({
      ...codec.decode(concatenate(records)),
      dictionaryId,
      entries,
      number,
      part,
      parts,
    }),
  );
}

function tooLarge(issue: ContractIssue): ContractError {
  return new ContractError("write as a frame", SystemStatePacket.typeName, issue);
}

/** One byte array of several. */
export function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** The records of the parts, of which the last still grows. */
class Cut {
  readonly parts: Uint8Array[][] = [[]];
  left: number;

  constructor(readonly room: number) {
    this.left = room;
  }

  /** False when the records do not fit what is left of the part. */
  put(records: Uint8Array): boolean {
    if (records.length > this.left) return false;
    this.parts.at(-1)?.push(records);
    this.left -= records.length;
    return true;
  }

  next(): this {
    this.parts.push([]);
    this.left = this.room;
    return this;
  }
}

/** The numbers of the packed columns; true for those whose items are floats, of 4 bytes each. */
function columnsOf(): ReadonlyMap<number, boolean> {
  const lists = StateFrameSchema.fields.filter(({ fieldKind }) => fieldKind === "list");
  return new Map(lists.map(({ number, scalar }) => [number, scalar === ScalarType.FLOAT]));
}

/** Cuts a column between its items. */
function putColumn(cut: Cut, body: Uint8Array, record: WireRecord, areFloats: boolean): void {
  readLength(body, record.value, record.end);
  let start = after();
  while (start < record.end) {
    // A tag and a length take up to two bytes each.
    const most = start + cut.left - 4;
    let end = start;
    for (let next = end; next <= most; next = itemEnd(body, next, areFloats)) {
      end = next;
      if (end === record.end) break;
    }
    if (end > start) {
      const { number, wireType } = record;
      const writer = new BinaryWriter().tag(number, wireType).bytes(body.subarray(start, end));
      cut.put(writer.finish());
    }
    if (end < record.end) cut.next();
    start = end;
  }
}

function itemEnd(body: Uint8Array, start: number, isFloat: boolean): number {
  if (isFloat) return start + 4;
  readVarint(body, start);
  return after();
}
