import {
  ReleaseResponseCodec,
  ResourceAllocationCodec,
  ResourceEventCodec,
  ResourceGrantCodec,
  ResourceReleaseCodec,
  ResourceRequestCodec,
  ResourceStatusCodec,
  ResourceUsageCodec,
} from "../../gen/jimbot/resources/v1/resources_codec.js";
import {
  Priority,
  PrioritySchema,
  type ReleaseResponse as ReleaseResponseMessage,
  ReleaseResponseSchema,
  RequestStatus,
  RequestStatusSchema,
  type ResourceAllocation as ResourceAllocationMessage,
  ResourceAllocationSchema,
  type ResourceEvent as ResourceEventMessage,
  ResourceEventSchema,
  type ResourceGrant as ResourceGrantMessage,
  ResourceGrantSchema,
  type ResourceRelease as ResourceReleaseMessage,
  ResourceReleaseSchema,
  type ResourceRequest as ResourceRequestMessage,
  ResourceRequestSchema,
  type ResourceStatus as ResourceStatusMessage,
  ResourceStatusSchema,
  type ResourceType,
  ResourceTypeSchema,
  type ResourceUsage as ResourceUsageMessage,
  ResourceUsageSchema,
} from "../../gen/jimbot/resources/v1/resources_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import type { Wire } from "../contract/rules/define.js";
import { filled } from "../contract/rules/formats.js";
import { define } from "./dialect.js";
import { count64, isInOrder, reportMissingReason } from "./fields.js";

const resourceRequest = /* @__PURE__ */ define(ResourceRequestSchema, (t) => ({
  component: t.string(filled).required(),
  type: t.enum(ResourceTypeSchema, "RESOURCE_TYPE_").required(),
  amount: t.int64({ min: 1n }).required(),
  durationMs: t.int64(count64),
  priority: t
    .enum(PrioritySchema, "PRIORITY_", { zero: "unset", aliases: { MEDIUM: Priority.NORMAL } })
    .omitted(),
}));

/** A component's request for a share of a resource. Document: the JimBot specification, "Resource Coordination Service". */
export type ResourceRequest = ResourceRequestMessage;
export type ResourceRequestJson = Wire<typeof resourceRequest>;
export const ResourceRequest: Contract<ResourceRequest, ResourceRequestJson> =
  /* @__PURE__ */ createContract(ResourceRequestSchema, resourceRequest, ResourceRequestCodec);

const onlyWhenGranted = "unless status is GRANTED";

const resourceGrant = /* @__PURE__ */ define(
  ResourceGrantSchema,
  (t) => ({
    requestId: t.string(filled).required(),
    status: t.enum(RequestStatusSchema, "REQUEST_STATUS_", { zero: "refused" }).required(),
    message: t.string(),
    grantedAt: t.timestamp(),
    expiresAt: t.timestamp(),
    token: t.string(),
    grantedAmount: t.int64(count64),
    approved: t.bool(),
  }),
  {
    refine(grant, report) {
      const granted = grant.status === RequestStatus.GRANTED;
      if (grant.approved !== granted) {
        report(["approved"], "rule", "must be true when status is GRANTED, otherwise false");
      }
      if (granted) {
        if (grant.token === "") {
          report(["token"], "rule", "must not be empty when status is GRANTED");
        }
        if (!isInOrder(grant.grantedAt, grant.expiresAt)) {
          report(["expires_at"], "rule", "must be later than granted_at");
        }
        return;
      }
      if (grant.message === "") {
        report(["message"], "rule", `must not be empty ${onlyWhenGranted}`);
      }
      if (grant.grantedAt !== undefined) {
        report(["granted_at"], "rule", `must be unset ${onlyWhenGranted}`);
      }
      if (grant.expiresAt !== undefined) {
        report(["expires_at"], "rule", `must be unset ${onlyWhenGranted}`);
      }
      if (grant.token !== "") report(["token"], "rule", `must be empty ${onlyWhenGranted}`);
      if (grant.grantedAmount !== 0n) {
        report(["granted_amount"], "rule", `must be 0 ${onlyWhenGranted}`);
      }
    },
  },
);

/** The coordinator's answer to a request. Document: the JimBot specification, "Resource Coordination Service". */
export type ResourceGrant = ResourceGrantMessage;
export type ResourceGrantJson = Wire<typeof resourceGrant>;
export const ResourceGrant: Contract<ResourceGrant, ResourceGrantJson> =
  /* @__PURE__ */ createContract(ResourceGrantSchema, resourceGrant, ResourceGrantCodec);

const resourceRelease = /* @__PURE__ */ define(ResourceReleaseSchema, (t) => ({
  requestId: t.string(filled).required(),
  token: t.string(filled).required(),
  component: t.string(filled).required(),
}));

/** The notice that a resource is released. Document: the JimBot specification, "Resource Coordination Service". */
export type ResourceRelease = ResourceReleaseMessage;
export type ResourceReleaseJson = Wire<typeof resourceRelease>;
export const ResourceRelease: Contract<ResourceRelease, ResourceReleaseJson> =
  /* @__PURE__ */ createContract(ResourceReleaseSchema, resourceRelease, ResourceReleaseCodec);

const releaseResponse = /* @__PURE__ */ define(
  ReleaseResponseSchema,
  (t) => ({ success: t.bool().required(), message: t.string() }),
  {
    refine({ success, message }, report) {
      reportMissingReason(success, message, report);
    },
  },
);

/** The coordinator's answer to a release. Document: the JimBot specification, "Resource Coordination Service". */
export type ReleaseResponse = ReleaseResponseMessage;
export type ReleaseResponseJson = Wire<typeof releaseResponse>;
export const ReleaseResponse: Contract<ReleaseResponse, ReleaseResponseJson> =
  /* @__PURE__ */ createContract(ReleaseResponseSchema, releaseResponse, ReleaseResponseCodec);

const resourceAllocation = /* @__PURE__ */ define(
  ResourceAllocationSchema,
  (t) => ({
    requestId: t.string(filled).required(),
    component: t.string(filled).required(),
    amount: t.int64({ min: 1n }).required(),
    allocatedAt: t.timestamp().required(),
    expiresAt: t.timestamp().required(),
  }),
  {
    refine({ allocatedAt, expiresAt }, report) {
      if (!isInOrder(allocatedAt, expiresAt)) {
        report(["expires_at"], "rule", "must be later than allocated_at");
      }
    },
  },
);

/** One grant that is in force. Document: the JimBot specification, "Resource Coordination Service". */
export type ResourceAllocation = ResourceAllocationMessage;
export type ResourceAllocationJson = Wire<typeof resourceAllocation>;
export const ResourceAllocation: Contract<ResourceAllocation, ResourceAllocationJson> =
  /* @__PURE__ */ createContract(
    ResourceAllocationSchema,
    resourceAllocation,
    ResourceAllocationCodec,
  );

const resourceUsage = /* @__PURE__ */ define(
  ResourceUsageSchema,
  (t) => ({
    type: t.enum(ResourceTypeSchema, "RESOURCE_TYPE_").required(),
    totalCapacity: t.int64(count64),
    available: t.int64(count64),
    allocated: t.int64(count64),
    allocations: t.list(t.message(ResourceAllocation)),
  }),
  {
    refine({ totalCapacity, available, allocated, allocations }, report) {
      if (available !== totalCapacity - allocated) {
        report(["available"], "rule", "must be total_capacity minus allocated");
      }
      if (allocated !== allocations.reduce((sum, { amount }) => sum + amount, 0n)) {
        report(["allocated"], "rule", "must be the sum of the amounts in allocations");
      }
    },
  },
);

/** How much of a resource is allocated, and to which components. Document: the JimBot specification, "Resource Coordination Service". */
export type ResourceUsage = ResourceUsageMessage;
export type ResourceUsageJson = Wire<typeof resourceUsage>;
export const ResourceUsage: Contract<ResourceUsage, ResourceUsageJson> =
  /* @__PURE__ */ createContract(ResourceUsageSchema, resourceUsage, ResourceUsageCodec);

const resourceStatus = /* @__PURE__ */ define(
  ResourceStatusSchema,
  (t) => ({
    resources: t.list(t.message(ResourceUsage)),
    timestamp: t.timestamp().required(),
  }),
  {
    refine({ resources }, report) {
      const seen = new Set<ResourceType>();
      for (const [index, { type }] of resources.entries()) {
        if (seen.has(type)) {
          report(["resources", index, "type"], "rule", "a second entry for this type");
        }
        seen.add(type);
      }
    },
  },
);

/** The state of all resources at one moment. Document: the JimBot specification, "Resource Coordination Service". */
export type ResourceStatus = ResourceStatusMessage;
export type ResourceStatusJson = Wire<typeof resourceStatus>;
export const ResourceStatus: Contract<ResourceStatus, ResourceStatusJson> =
  /* @__PURE__ */ createContract(ResourceStatusSchema, resourceStatus, ResourceStatusCodec);

const resourceEvent = /* @__PURE__ */ define(
  ResourceEventSchema,
  (t) => ({
    eventId: t.string(filled).required(),
    status: t.enum(RequestStatusSchema, "REQUEST_STATUS_", { zero: "refused" }).required(),
    type: t.enum(ResourceTypeSchema, "RESOURCE_TYPE_").required(),
    component: t.string(filled).required(),
    amount: t.int64(count64),
    requestId: t.string(filled).required(),
    timestamp: t.timestamp().required(),
    usage: t.message(ResourceUsage),
  }),
  {
    refine({ type, usage }, report) {
      if (usage !== undefined && usage.type !== type) {
        report(["usage", "type"], "rule", "must be equal to the event's type");
      }
    },
  },
);

/** A change of a request or a grant. Document: the JimBot specification, "Resource Coordination Service". */
export type ResourceEvent = ResourceEventMessage;
export type ResourceEventJson = Wire<typeof resourceEvent>;
export const ResourceEvent: Contract<ResourceEvent, ResourceEventJson> =
  /* @__PURE__ */ createContract(ResourceEventSchema, resourceEvent, ResourceEventCodec);
