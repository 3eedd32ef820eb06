import {
  StateFrameCodec,
  StateUpdateCodec,
} from "../../../gen/esper/leyline/compact/v1/frame_codec.js";
import {
  type StateFrame as StateFrameMessage,
  StateFrameSchema,
  type StateUpdate as StateUpdateMessage,
  StateUpdateSchema,
} from "../../../gen/esper/leyline/compact/v1/frame_pb.js";
import { SeedLifecycleStageSchema } from "../../../gen/esper/leyline/v1/state_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Report } from "../../contract/model/definition.js";
import type { Wire } from "../../contract/rules/define.js";
import { define } from "../dialect.js";
import { StateDictionary } from "./dictionary.js";
import { fixed32, fixed64 } from "./fixed.js";

/** Maximum number of frames for one packet. */
export const maxFrameParts = 4096;

const stateFrame = /* @__PURE__ */ define(
  StateFrameSchema,
  (t) => ({
    entries: t.uint32({ min: 1 }).required(),
    number: t.uint32(),
    packetUuid: t.bytes(),
    currentEpoch: t.uint32(),
    timestampNs: fixed64(),
    globalStep: t.uint64(),
    progress: t.list(t.float()),
    deviceReadings: t.list(t.float()),
    trainingMetricValues: t.list(t.float()),
    stages: t.list(t.enum(SeedLifecycleStageSchema, "SEED_STAGE_")),
    gradientNorms: t.list(t.float()),
    learningRates: t.list(t.float()),
    agesEpochs: t.list(t.uint32()),
    riskScores: t.list(t.float()),
    firstSeed: t.uint32(),
    seeds: t.list(t.uint32()),
    seedMetricValues: t.list(t.float()),
    run: t.uint32(),
    device: t.uint32(),
    packetText: t.string(),
    part: t.uint32(),
    parts: t.uint32({ max: maxFrameParts }),
  }),
  {
    refine(frame, report) {
      const { part, parts } = frame;
      if (part > 0 && part >= parts) {
        report(["part"], "frame.malformed", `must be less than parts, which is ${parts}`);
      } else if (parts <= 1) {
        reportColumns(frame, report);
      }
    },
  },
);

/**
 * Reports columns that contradict each other, in the frame of a whole packet. A frame that is one of
 * several has only parts of the columns, so it cannot be checked alone.
 */
export function reportColumns(frame: StateFrameMessage, report: Report): void {
  const { packetUuid, packetText, seeds, firstSeed, stages } = frame;
  const idBytes = packetText === "" ? 16 : 0;
  if (packetUuid.length !== idBytes) {
    const because = idBytes === 0 ? " because packet_text is set" : "";
    const message = `must have ${idBytes} bytes${because}, not ${packetUuid.length}`;
    report(["packet_uuid"], "frame.malformed", message);
  }
  const reportLength = (key: string, { length }: readonly unknown[], expected: number): void => {
    if (length === 0 || length === expected) return;
    report([key], "frame.malformed", `must have ${expected} items or none, not ${length}`);
  };
  reportLength("progress", frame.progress, 3);
  reportLength("device_readings", frame.deviceReadings, 3);
  reportLength("gradient_norms", frame.gradientNorms, stages.length);
  reportLength("learning_rates", frame.learningRates, stages.length);
  reportLength("ages_epochs", frame.agesEpochs, stages.length);
  reportLength("risk_scores", frame.riskScores, stages.length);
  reportLength("seeds", seeds, stages.length);
  if (seeds.length > 0 && firstSeed > 0) {
    report(["first_seed"], "frame.malformed", "must be 0 when seeds is set");
  }
}

/**
 * A SystemStatePacket without the values that are in its dictionary. Document: none; the compact form
 * is Concord's choice.
 */
export type StateFrame = StateFrameMessage;
export type StateFrameJson = Wire<typeof stateFrame>;
export const StateFrame: Contract<StateFrame, StateFrameJson> = /* @__PURE__ */ createContract(
  StateFrameSchema,
  stateFrame,
  StateFrameCodec,
);

const stateUpdate = /* @__PURE__ */ define(
  StateUpdateSchema,
  (t) => ({
    update: t.oneof({
      dictionary: t.message(StateDictionary),
      frame: t.message(StateFrame),
    }),
    dictionaryId: fixed32(),
    checksum: t.optional(fixed32()),
  }),
  {
    refine({ update }, report) {
      if (update.case === undefined) report([], "required", "a dictionary or a frame is required");
    },
  },
);

/** One byte array of the compact form. Document: none; the compact form is Concord's choice. */
export type StateUpdate = StateUpdateMessage;
export type StateUpdateJson = Wire<typeof stateUpdate>;
export const StateUpdate: Contract<StateUpdate, StateUpdateJson> = /* @__PURE__ */ createContract(
  StateUpdateSchema,
  stateUpdate,
  StateUpdateCodec,
);
