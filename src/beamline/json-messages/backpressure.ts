import {
  createJsonContract,
  type JsonContract,
  type JsonContractValue,
  optional,
  required,
} from "../../contract/json-contract.js";
import { oneOf } from "../../contract/rules/formats.js";
import { fieldRules as t } from "../dialect.js";
import { exactly, subject } from "../fields.js";
import { createReplyContract } from "./reply-contract.js";

const backpressureRequest = { subject: t.string(subject).required() };

/** The gateway's request for the Router's load on one subject. Document: the BeamLine Router's API contracts. */
export type BackpressureRequest = JsonContractValue<typeof backpressureRequest>;
/** Its methods throw ContractError with the codes of the rules. */
export const BackpressureRequest: JsonContract<BackpressureRequest> =
  /* @__PURE__ */ createJsonContract("beamline.BackpressureRequest", backpressureRequest);

const backpressureReply = {
  success: exactly(true),
  data: required({
    subject: t.string(subject).required(),
    status: t.string(oneOf(["active", "warning", "inactive", "unknown"])).required(),
    metrics: optional({
      pending_messages: t.int64({ min: 0n }),
      latency_p95_ms: t.double({ min: 0 }),
      inflight_messages: t.int64({ min: 0n }),
    }),
    thresholds: optional({
      queue_overload: t.int64({ min: 0n }),
      latency_overload_ms: t.double({ min: 0 }),
      inflight_overload: t.int64({ min: 0n }),
    }),
    policy: optional({
      retry_after_seconds: t.int32({ min: 0 }).required(),
      max_retry_attempts: t.int32({ min: 0 }),
    }),
    timestamp: t.int64({ min: 0n }),
  }),
};

/**
 * The Router's load on one subject. While `status` is `active`, a gateway refuses requests (HTTP 429);
 * with `active` and `warning`, `policy.retry_after_seconds` says when to retry. Times are in milliseconds
 * unless named otherwise.
 * Document: the BeamLine Router's API contracts.
 */
export type BackpressureReply = JsonContractValue<typeof backpressureReply>;
/**
 * Its methods throw ContractError with the codes of the rules, `required` also when `status` is `active`
 * or `warning` and `policy` is missing.
 */
export const BackpressureReply: JsonContract<BackpressureReply> =
  /* @__PURE__ */ createReplyContract(
    "beamline.BackpressureReply",
    backpressureReply,
    ({ data }, report) => {
      if ((data.status === "active" || data.status === "warning") && data.policy === undefined) {
        report(
          ["data", "policy"],
          "required",
          `this key is required when status is ${data.status}`,
        );
      }
    },
  );
