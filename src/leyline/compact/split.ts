import { ScalarType } from "@bufbuild/protobuf";
import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { StateFrameSchema } from "../../../gen/esper/leyline/compact/v1/frame_pb.js";
import { eachRecord, type WireRecord } from "../../contract/parts/records.js";
import { ContractError, type ContractIssue } from "../../wire/error.js";
import { after, readLength, readVarint } from "../../wire/varint.js";
import { SystemStatePacket } from "../state.js";
import { encodeWithChecksum } from "./checksum.js";
import { maxFrameParts, StateFrame, StateUpdate } from "./frame.js";

/** The dictionary of a frame: its id, and the checksum of the entries that the frame needs. */
export interface FrameDictionary {
  readonly id: number;
  readonly checksum: number;
}

/** Encodes a frame as a StateUpdate. */
export function encodeFrame(frame: StateFrame, dictionary: FrameDictionary): Uint8Array {
  return encodeWithChecksum(toUpdate(frame, dictionary.id), dictionary.checksum);
}

function toUpdate(frame: StateFrame, dictionaryId: number): StateUpdate {
  const update = StateUpdate.codec.create();
  update.update = { case: "frame", value: frame };
  update.dictionaryId = dictionaryId;
  return update;
}

/**
 * Cuts a frame that is too large for one array: between records, and packed columns between items. Throws
 * ContractError `budget.size` for a `packet_id` that fits no array, and for more than 4,096 frames.
 */
export function splitFrame(
  frame: StateFrame,
  dictionary: FrameDictionary,
  maxBytes: number,
): Uint8Array[] {
  const { codec } = StateFrame;
  const { entries, number } = frame;
  const head = { ...codec.create(), entries, number };
  const body = codec.encode({ ...frame, entries: 0, number: 0 });
  const last = { ...head, part: maxFrameParts, parts: maxFrameParts };
  // The largest part and parts, the checksum, and one more byte for the length of the frame.
  const largest = { ...toUpdate(last, dictionary.id), checksum: 0 };
  const cut = new FrameParts(maxBytes - StateUpdate.codec.size(largest) - 1);
  const columns = columnsOf();
  eachRecord(body, 0, body.length, 1, (record) => {
    if (cut.put(body.subarray(record.start, record.end))) return;
    const areFloats = columns.get(record.number);
    if (areFloats !== undefined) {
      putColumn(cut, body, record, areFloats);
    } else if (!cut.next().put(body.subarray(record.start, record.end))) {
      const message = `a text of ${record.end - record.start} bytes does not fit the ${cut.room} that an array of ${maxBytes} bytes has left for it`;
      throw tooLarge({ path: "packet_id", rule: "budget.size", message });
    }
  });
  const parts = cut.parts.length;
  if (parts > maxFrameParts) {
    const message = `the packet takes ${parts} frames, more than the maximum of ${maxFrameParts}`;
    throw tooLarge({ path: "", rule: "budget.size", message });
  }
  return cut.parts.map((records, part) =>
    encodeFrame(
      { ...codec.decode(concatenate(records)), entries, number, part, parts },
      dictionary,
    ),
  );
}

function tooLarge(issue: ContractIssue): ContractError {
  return new ContractError("write as a frame", SystemStatePacket.typeName, issue);
}

/** Joins arrays into one. */
export function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** The records of each part; records are added to the last one. */
class FrameParts {
  readonly parts: Uint8Array[][] = [[]];
  /** Bytes left in the last part. */
  left: number;

  /** `room`: maximum bytes of records in a part. */
  constructor(readonly room: number) {
    this.left = room;
  }

  /** Adds records to the last part. Returns false, and adds nothing, if they do not fit. */
  put(records: Uint8Array): boolean {
    if (records.length > this.left) return false;
    this.parts.at(-1)?.push(records);
    this.left -= records.length;
    return true;
  }

  /** Begins the next part. */
  next(): this {
    this.parts.push([]);
    this.left = this.room;
    return this;
  }
}

/** Field numbers of the packed columns; true if the items are floats, of 4 bytes each. */
function columnsOf(): ReadonlyMap<number, boolean> {
  const lists = StateFrameSchema.fields.filter(({ fieldKind }) => fieldKind === "list");
  return new Map(lists.map(({ number, scalar }) => [number, scalar === ScalarType.FLOAT]));
}

/** Cuts a column between its items. */
function putColumn(
  cut: FrameParts,
  body: Uint8Array,
  record: WireRecord,
  areFloats: boolean,
): void {
  readLength(body, record.value, record.end);
  let start = after();
  while (start < record.end) {
    // A tag and a length take up to two bytes each.
    const limit = start + cut.left - 4;
    let end = start;
    for (let next = end; next <= limit; next = itemEnd(body, next, areFloats)) {
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
