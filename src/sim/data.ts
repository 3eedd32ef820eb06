import { create } from "@bufbuild/protobuf";
import { NullValueSchema } from "@bufbuild/protobuf/wkt";
import { DataExchangeCodec, NumberListCodec, SignalCodec } from "../../gen/sim/v1/data_codec.js";
import {
  type DataExchange as DataExchangeMessage,
  DataExchangeSchema,
  type NumberList as NumberListMessage,
  NumberListSchema,
  type Signal as SignalMessage,
  SignalSchema,
} from "../../gen/sim/v1/data_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import { filled } from "../contract/formats.js";
import { withKeys, withRequired } from "../contract/json-schema-words.js";
import { keyBytes } from "../contract/json-writer.js";
import type { Wire, WireForm } from "../contract/rules.js";
import type { Walk } from "../contract/walk.js";
import { define } from "./dialect.js";

const numberList = define(NumberListSchema, (t) => ({ values: t.list(t.double()) }));

/** A vector value of a signal; on the wire a bare array of numbers. */
export type NumberList = NumberListMessage;
export type NumberListJson = Wire<typeof numberList>;
export const NumberList: Contract<NumberList, NumberListJson> = createContract(
  NumberListSchema,
  numberList,
  NumberListCodec,
);

/** What a signal may be on the wire: the bare JSON value. */
export type SignalValue = number | boolean | string | null | number[];

/** The wire JSON of a {@link Signal}. */
export interface SignalWire {
  source_component: string;
  source_port: string;
  value: SignalValue;
}

const valueKey = keyBytes("value");

const bareValue: WireForm<SignalMessage, SignalWire> = {
  read(json, signal, walk) {
    walk.enter("value");
    signal.value = readValue(json["value"], walk);
    walk.leave();
  },
  write: (signal, _, walk) => ({
    source_component: signal.sourceComponent,
    source_port: signal.sourcePort,
    value: writeValue(signal.value, walk),
  }),
  text(signal, own, out) {
    out.openObject();
    own();
    out.key(valueKey);
    out.value(writeValue(signal.value, out.walk));
    out.closeObject();
  },
  schema(own, { whole }) {
    const list = whole(NumberList.definition).properties?.["values"] ?? {};
    const bare = ["number", "boolean", "string", "null"].map((type) => ({ type }));
    return withRequired(withKeys(own, { value: { anyOf: [...bare, list] } }), "value");
  },
};

function readValue(json: unknown, walk: Walk): SignalMessage["value"] {
  switch (typeof json) {
    case "number":
      if (!Number.isFinite(json)) walk.mismatch("float.not_finite", "a finite number", json);
      return { case: "numberValue", value: json + 0 };
    case "boolean":
      return { case: "boolValue", value: json };
    case "string":
      return { case: "stringValue", value: json };
    case "undefined":
      walk.fault("required", "this key is required");
      return { case: undefined };
    default:
      if (json === null) return { case: "nullValue", value: 0 };
      if (Array.isArray(json)) return { case: "listValue", value: readList(json, walk) };
      walk.mismatch("type", "a number, boolean, string, null or array of numbers", json);
      return { case: undefined };
  }
}

function readList(json: readonly unknown[], walk: Walk): NumberListMessage {
  const values: number[] = [];
  for (let index = 0; index < json.length && !walk.full; index++) {
    const item = json[index];
    if (typeof item === "number" && Number.isFinite(item)) values.push(item + 0);
    else {
      walk.mismatch("type", "a finite number", item, index);
    }
  }
  return create(NumberListSchema, { values });
}

function writeValue(value: SignalMessage["value"], walk: Walk): SignalValue {
  switch (value.case) {
    case "listValue":
      return value.value.values.map((item) => item + 0);
    case "numberValue":
      return value.value + 0;
    case "boolValue":
    case "stringValue":
      return value.value;
    case "nullValue":
      reportOtherNull(value.value, walk);
      return null;
    default:
      return null;
  }
}

/** Only an unchecked message can hold another number than that of null. */
function reportOtherNull(value: number, walk: Walk): void {
  if (value !== 0) walk.mismatch("enum.unknown", "the number 0", value);
}

const signal = define(
  SignalSchema,
  (t) => ({
    sourceComponent: t.string(filled).required(),
    sourcePort: t.string(filled).required(),
    value: t
      .oneof({
        numberValue: t.double(),
        boolValue: t.bool(),
        stringValue: t.string(),
        nullValue: t.enum(NullValueSchema, ""),
        listValue: t.message(NumberList).required(),
      })
      .byHand(),
  }),
  {
    wire: bareValue,
    across({ value }, report) {
      if (value.case === undefined) report(["value"], "required", "a value is required");
    },
  },
);

/** The new value of one output port. Document: the sim proposal, "data_exchange". */
export type Signal = SignalMessage;
export type SignalJson = Wire<typeof signal>;
export const Signal: Contract<Signal, SignalJson> = createContract(
  SignalSchema,
  signal,
  SignalCodec,
);

const dataExchange = define(
  DataExchangeSchema,
  (t) => ({
    time: t.double({ min: 0 }).required(),
    signals: t.list(t.message(Signal)).required(),
  }),
  {
    across({ signals }, report) {
      const ports = new Set<string>();
      let before = 0;
      for (const [index, { sourceComponent, sourcePort }] of signals.entries()) {
        const { size } = ports.add(`${sourceComponent}\n${sourcePort}`);
        if (size === before) {
          const name = `${sourceComponent}.${sourcePort}`.slice(0, 80);
          report(["signals", index], "rule", `a second value for the port ${name}`);
        }
        before = size;
      }
    },
  },
);

/** All signals that changed in one time step. Document: the sim proposal, "data_exchange". */
export type DataExchange = DataExchangeMessage;
export type DataExchangeJson = Wire<typeof dataExchange>;
export const DataExchange: Contract<DataExchange, DataExchangeJson> = createContract(
  DataExchangeSchema,
  dataExchange,
  DataExchangeCodec,
);
