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
import type { Context } from "../contract/base/context.js";
import { keyRequired } from "../contract/base/texts.js";
import { type Contract, createContract } from "../contract/contract.js";
import type { WireForm } from "../contract/model/definition.js";
import { unrepresentable, withKeys, withRequired } from "../contract/model/json-schema-keywords.js";
import { keyBytes } from "../contract/model/value-writer.js";
import type { Wire } from "../contract/rules/define.js";
import { filled, longestText, longText } from "../contract/rules/formats.js";
import { define } from "./dialect.js";

const numberList = /* @__PURE__ */ define(NumberListSchema, (t) => ({
  values: t.list(t.double()),
}));

/** A vector value of a signal; on the wire a bare array of numbers. */
export type NumberList = NumberListMessage;
export type NumberListJson = Wire<typeof numberList>;
export const NumberList: Contract<NumberList, NumberListJson> = /* @__PURE__ */ createContract(
  NumberListSchema,
  numberList,
  NumberListCodec,
);

/** The value of a signal in wire JSON: a bare JSON value. */
export type SignalValue = number | boolean | string | null | number[];

/** The wire JSON of a {@link Signal}. */
export interface SignalWire {
  source_component: string;
  source_port: string;
  value: SignalValue;
}

const valueKey = keyBytes("value");

const bareValue: WireForm<SignalMessage, SignalWire> = {
  read(json, signal, context) {
    context.enter("value");
    signal.value = readValue(json["value"], context);
    context.leave();
  },
  write: (signal, _, context) => ({
    source_component: signal.sourceComponent,
    source_port: signal.sourcePort,
    value: writeValue(signal.value, context),
  }),
  text(signal, own, out) {
    out.openObject();
    own();
    out.key(valueKey);
    out.value(writeValue(signal.value, out.context));
    out.closeObject();
  },
  schema(own, { whole }) {
    const list = whole(NumberList.definition).properties?.["values"] ?? {};
    const bare = ["number", "boolean", "null"].map((type) => ({ type }));
    const text = { type: "string", maxLength: longestText, ...unrepresentable("units") };
    return withRequired(withKeys(own, { value: { anyOf: [...bare, text, list] } }), "value");
  },
};

function readValue(json: unknown, context: Context): SignalMessage["value"] {
  switch (typeof json) {
    case "number":
      if (!Number.isFinite(json)) context.mismatch("float.not_finite", "a finite number", json);
      return { case: "numberValue", value: json + 0 };
    case "boolean":
      return { case: "boolValue", value: json };
    case "string":
      return { case: "stringValue", value: json };
    case "undefined":
      context.fault("required", keyRequired);
      return { case: undefined };
    default:
      if (json === null) return { case: "nullValue", value: 0 };
      if (Array.isArray(json)) return { case: "listValue", value: readList(json, context) };
      context.mismatch("type", "a number, boolean, string, null or array of numbers", json);
      return { case: undefined };
  }
}

function readList(json: readonly unknown[], context: Context): NumberListMessage {
  const values: number[] = [];
  for (let index = 0; index < json.length && !context.full; index++) {
    const item = json[index];
    if (typeof item === "number" && Number.isFinite(item)) values.push(item + 0);
    else {
      context.mismatch("type", "a finite number", item, index);
    }
  }
  return create(NumberListSchema, { values });
}

function writeValue(value: SignalMessage["value"], context: Context): SignalValue {
  switch (value.case) {
    case "listValue":
      return value.value.values.map((item) => item + 0);
    case "numberValue":
      return value.value + 0;
    case "boolValue":
    case "stringValue":
      return value.value;
    case "nullValue":
      reportOtherNull(value.value, context);
      return null;
    default:
      return null;
  }
}

/** Only an unchecked message can hold a number other than 0, the number of null. */
function reportOtherNull(value: number, context: Context): void {
  if (value !== 0) context.mismatch("enum.unknown", "the number 0", value);
}

const signal = /* @__PURE__ */ define(
  SignalSchema,
  (t) => ({
    sourceComponent: t.string(filled).required(),
    sourcePort: t.string(filled).required(),
    value: t
      .oneof({
        numberValue: t.double(),
        boolValue: t.bool(),
        stringValue: t.string(longText),
        nullValue: t.enum(NullValueSchema, ""),
        listValue: t.message(NumberList).required(),
      })
      .custom(),
  }),
  {
    wire: bareValue,
    refine({ value }, report) {
      if (value.case === undefined) report(["value"], "required", "a value is required");
    },
  },
);

/** The new value of one output port. Document: the sim proposal, "data_exchange". */
export type Signal = SignalMessage;
export type SignalJson = Wire<typeof signal>;
export const Signal: Contract<Signal, SignalJson> = /* @__PURE__ */ createContract(
  SignalSchema,
  signal,
  SignalCodec,
);

const dataExchange = /* @__PURE__ */ define(
  DataExchangeSchema,
  (t) => ({
    time: t.double({ min: 0 }).required(),
    signals: t.list(t.message(Signal)).required(),
  }),
  {
    refine({ signals }, report) {
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
export const DataExchange: Contract<DataExchange, DataExchangeJson> =
  /* @__PURE__ */ createContract(DataExchangeSchema, dataExchange, DataExchangeCodec);
