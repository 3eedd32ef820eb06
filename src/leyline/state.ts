import {
  HardwareContextCodec,
  SeedStateCodec,
  SystemStatePacketCodec,
} from "../../gen/esper/leyline/v1/state_codec.js";
import {
  type HardwareContext as HardwareContextMessage,
  HardwareContextSchema,
  SeedLifecycleStageSchema,
  type SeedState as SeedStateMessage,
  SeedStateSchema,
  type SystemStatePacket as SystemStatePacketMessage,
  SystemStatePacketSchema,
} from "../../gen/esper/leyline/v1/state_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import type { Wire } from "../contract/rules/define.js";
import { filled, formed } from "../contract/rules/formats.js";
import { reportId, uuid4 } from "../contract/rules/ids.js";
import { define } from "./dialect.js";
import {
  finite,
  nameOrEmpty,
  notNegative,
  reportEmptyKey,
  reportRepeat,
  share,
} from "./formats.js";

const hardwareContext = /* @__PURE__ */ define(
  HardwareContextSchema,
  (t) => ({
    deviceType: t
      .string(formed(/^[^A-Z]+$/, "a kind of device in lower case such as cuda"))
      .required(),
    deviceId: t.string(filled).required(),
    totalMemoryGb: t.float(notNegative),
    availableMemoryGb: t.float(notNegative),
    temperatureCelsius: t.float(finite),
    utilizationPercent: t.float({ min: 0, max: 100 }),
    computeCapability: t.uint32(),
  }),
  {
    refine({ totalMemoryGb, availableMemoryGb }, report) {
      // Rounded to float32, so that a message and its bytes are checked alike. 0 is a total that is not known.
      const total = Math.fround(totalMemoryGb);
      if (total > 0 && Math.fround(availableMemoryGb) > total) {
        report(["available_memory_gb"], "rule", "must be at most total_memory_gb");
      }
    },
  },
);

/** The device that a run trains on. Document: the Leyline document, "HardwareContext". */
export type HardwareContext = HardwareContextMessage;
export type HardwareContextJson = Wire<typeof hardwareContext>;
export const HardwareContext: Contract<HardwareContext, HardwareContextJson> =
  /* @__PURE__ */ createContract(HardwareContextSchema, hardwareContext, HardwareContextCodec);

const seedState = /* @__PURE__ */ define(
  SeedStateSchema,
  (t) => ({
    seedId: t.string(filled).required(),
    stage: t.enum(SeedLifecycleStageSchema, "SEED_STAGE_"),
    gradientNorm: t.float(),
    learningRate: t.float(notNegative),
    layerDepth: t.uint32(),
    metrics: t.map(t.float()),
    ageEpochs: t.uint32(),
    riskScore: t.float(share),
  }),
  {
    refine({ gradientNorm, metrics }, report) {
      if (gradientNorm < 0) report(["gradient_norm"], "range", "must not be negative");
      reportEmptyKey(metrics, "metrics", report);
    },
  },
);

/** The state of one seed. Document: the Leyline document, "SeedState". */
export type SeedState = SeedStateMessage;
export type SeedStateJson = Wire<typeof seedState>;
export const SeedState: Contract<SeedState, SeedStateJson> = /* @__PURE__ */ createContract(
  SeedStateSchema,
  seedState,
  SeedStateCodec,
);

const systemStatePacket = /* @__PURE__ */ define(
  SystemStatePacketSchema,
  (t) => ({
    version: t.uint32({ min: 1, max: 1 }).required(),
    currentEpoch: t.uint32(),
    validationAccuracy: t.float(share),
    validationLoss: t.float(),
    timestampNs: t.uint64(),
    hardwareContext: t.message(HardwareContext),
    trainingMetrics: t.map(t.float()),
    seedStates: t.list(t.message(SeedState), { max: 100 }),
    packetId: t.string(filled).required(),
    globalStep: t.uint64(),
    trainingLoss: t.float(),
    sourceSubsystem: t.string(nameOrEmpty),
    trainingRunId: t.string(),
    experimentName: t.string(),
  }),
  {
    strict: ({ packetId }, context) => reportId(context, "packet_id", packetId, uuid4),
    constants: { version: 1 },
    refine({ trainingMetrics, seedStates }, report) {
      reportEmptyKey(trainingMetrics, "training_metrics", report);
      const ids = seedStates.map(({ seedId }) => seedId);
      reportRepeat(ids, (index) => ["seed_states", index, "seed_id"], report);
    },
  },
);

/** A snapshot of one training run. Document: the Leyline document, "SystemStatePacket". */
export type SystemStatePacket = SystemStatePacketMessage;
export type SystemStatePacketJson = Wire<typeof systemStatePacket>;
export const SystemStatePacket: Contract<SystemStatePacket, SystemStatePacketJson> =
  /* @__PURE__ */ createContract(
    SystemStatePacketSchema,
    systemStatePacket,
    SystemStatePacketCodec,
    { alternative: "frames" },
  );
