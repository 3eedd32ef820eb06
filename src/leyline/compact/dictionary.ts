import {
  DictionaryDeviceCodec,
  DictionaryEntryCodec,
  DictionaryMetricKeysCodec,
  DictionaryRunCodec,
  DictionarySeedCodec,
  StateDictionaryCodec,
} from "../../../gen/esper/leyline/compact/v1/dictionary_codec.js";
import {
  type DictionaryDevice as DictionaryDeviceMessage,
  DictionaryDeviceSchema,
  type DictionaryEntry as DictionaryEntryMessage,
  DictionaryEntrySchema,
  type DictionaryMetricKeys as DictionaryMetricKeysMessage,
  DictionaryMetricKeysSchema,
  type DictionaryRun as DictionaryRunMessage,
  DictionaryRunSchema,
  type DictionarySeed as DictionarySeedMessage,
  DictionarySeedSchema,
  type StateDictionary as StateDictionaryMessage,
  StateDictionarySchema,
} from "../../../gen/esper/leyline/compact/v1/dictionary_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Wire } from "../../contract/rules/define.js";
import { define } from "../dialect.js";
import { notNegative, reportRepeat } from "../formats.js";

const dictionaryRun = /* @__PURE__ */ define(DictionaryRunSchema, (t) => ({
  sourceSubsystem: t.uint32(),
  trainingRunId: t.uint32(),
  experimentName: t.uint32(),
  trainingMetricKeys: t.uint32(),
}));

/** The values that all packets of a run share. Document: none; the compact form is Concord's choice. */
export type DictionaryRun = DictionaryRunMessage;
export type DictionaryRunJson = Wire<typeof dictionaryRun>;
export const DictionaryRun: Contract<DictionaryRun, DictionaryRunJson> =
  /* @__PURE__ */ createContract(DictionaryRunSchema, dictionaryRun, DictionaryRunCodec);

const dictionaryDevice = /* @__PURE__ */ define(DictionaryDeviceSchema, (t) => ({
  deviceType: t.uint32(),
  deviceId: t.uint32(),
  totalMemoryGb: t.float(notNegative),
  computeCapability: t.uint32(),
}));

/** The constant fields of a device. Document: none; the compact form is Concord's choice. */
export type DictionaryDevice = DictionaryDeviceMessage;
export type DictionaryDeviceJson = Wire<typeof dictionaryDevice>;
export const DictionaryDevice: Contract<DictionaryDevice, DictionaryDeviceJson> =
  /* @__PURE__ */ createContract(DictionaryDeviceSchema, dictionaryDevice, DictionaryDeviceCodec);

const dictionaryMetricKeys = /* @__PURE__ */ define(
  DictionaryMetricKeysSchema,
  (t) => ({
    texts: t.list(t.uint32(), { min: 1 }).required(),
    after: t.uint32(),
  }),
  {
    refine({ texts }, report) {
      reportRepeat(texts, (index) => ["texts", index], report);
    },
  },
);

/** The keys of a metrics map. Document: none; the compact form is Concord's choice. */
export type DictionaryMetricKeys = DictionaryMetricKeysMessage;
export type DictionaryMetricKeysJson = Wire<typeof dictionaryMetricKeys>;
export const DictionaryMetricKeys: Contract<DictionaryMetricKeys, DictionaryMetricKeysJson> =
  /* @__PURE__ */ createContract(
    DictionaryMetricKeysSchema,
    dictionaryMetricKeys,
    DictionaryMetricKeysCodec,
  );

const dictionarySeed = /* @__PURE__ */ define(DictionarySeedSchema, (t) => ({
  seedId: t.uint32(),
  layerDepth: t.uint32(),
  metricKeys: t.uint32(),
}));

/** The constant fields of a seed. Document: none; the compact form is Concord's choice. */
export type DictionarySeed = DictionarySeedMessage;
export type DictionarySeedJson = Wire<typeof dictionarySeed>;
export const DictionarySeed: Contract<DictionarySeed, DictionarySeedJson> =
  /* @__PURE__ */ createContract(DictionarySeedSchema, dictionarySeed, DictionarySeedCodec);

const dictionaryEntry = /* @__PURE__ */ define(
  DictionaryEntrySchema,
  (t) => ({
    entry: t.oneof({
      text: t.string(),
      run: t.message(DictionaryRun),
      device: t.message(DictionaryDevice),
      metricKeys: t.message(DictionaryMetricKeys),
      seed: t.message(DictionarySeed),
    }),
  }),
  {
    refine({ entry }, report) {
      if (entry.case === undefined) report([], "required", "one kind of entry is required");
    },
  },
);

/** One entry of a dictionary. Document: none; the compact form is Concord's choice. */
export type DictionaryEntry = DictionaryEntryMessage;
export type DictionaryEntryJson = Wire<typeof dictionaryEntry>;
export const DictionaryEntry: Contract<DictionaryEntry, DictionaryEntryJson> =
  /* @__PURE__ */ createContract(DictionaryEntrySchema, dictionaryEntry, DictionaryEntryCodec);

const stateDictionary = /* @__PURE__ */ define(StateDictionarySchema, (t) => ({
  firstEntry: t.uint32(),
  entries: t.list(t.message(DictionaryEntry), { min: 1 }).required(),
}));

/** A range of dictionary entries, as sent. Document: none; the compact form is Concord's choice. */
export type StateDictionary = StateDictionaryMessage;
export type StateDictionaryJson = Wire<typeof stateDictionary>;
export const StateDictionary: Contract<StateDictionary, StateDictionaryJson> =
  /* @__PURE__ */ createContract(StateDictionarySchema, stateDictionary, StateDictionaryCodec);
