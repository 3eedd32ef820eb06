import { isPlainObject } from "../../contract/base/plain-data.js";
import { guarded } from "../../contract/base/result.js";
import { ContractError, mismatch } from "../../wire/error.js";
import { RouteRequest } from "../flow.js";
import { DecideRequest } from "./adapter.js";

/**
 * The idempotency key by which the Router knows a request again: the request's own, else that of its
 * message, else the message's id; undefined when it has none of them. Keys belong to a tenant: the same
 * key of two tenants means two requests. Document: the BeamLine protobuf README, fields 11 and 4; the
 * order is that of the BeamLine core message fields.
 *
 * @example
 * const message = { message_id: "m-1", tenant_id: "acme", message_type: "chat", payload: "hello" };
 * idempotencyKeyOf(RouteRequest.fromJson({ message })); // "m-1"
 */
export function idempotencyKeyOf(request: RouteRequest): string | undefined {
  const { message, idempotencyKey } = RouteRequest.check(request);
  return idempotencyKey || message?.idempotencyKey || message?.messageId || undefined;
}

/**
 * The idempotency key by which the gateway knows a request again: its own, else its tenant and id joined
 * by a colon. Document: the BeamLine core message fields.
 */
export function gatewayIdempotencyKeyOf(request: DecideRequest): string {
  const { idempotency_key, tenant_id, request_id } = DecideRequest.check(request);
  return idempotency_key ?? `${tenant_id}:${request_id}`;
}

/** Where the version of a message may stand. */
export interface VersionPlaces {
  /** The NATS headers; the key `version` counts. */
  readonly headers?: Readonly<Record<string, unknown>>;
  /** The message, as wire JSON or as a message; the key `version` counts, else `schema_version`. */
  readonly payload?: unknown;
  /** The subject; its last token of the form `v1` counts. */
  readonly subject?: string;
}

/** The contract versions that are spoken here. */
export const supportedContractVersions = ["1"] as const;

/**
 * The contract version of a message: that of its headers, else that of its payload, else the one in its
 * subject; an empty one counts as none. Throws ContractError `required` when none of them has one, `version.mismatch` for a version
 * that is not among {@link supportedContractVersions}; the path says where it stands. Document: the BeamLine core
 * message fields.
 *
 * @example
 * contractVersionOf({ payload: { message: {} }, subject: "beamline.router.v1.decide" }); // "1"
 */
export function contractVersionOf(
  places: VersionPlaces,
): (typeof supportedContractVersions)[number] {
  const { path, value } = guarded("match", typeName, () => findVersion(places));
  const version = supportedContractVersions.find((supported) => supported === value);
  if (version !== undefined) return version;
  const words = `one of the supported versions ${supportedContractVersions.map((one) => `"${one}"`).join(", ")}`;
  throw new ContractError("match", typeName, mismatch(path, "version.mismatch", words, value));
}

/** What errors carry as their type. */
const typeName = "beamline version";

interface Found {
  readonly path: string;
  readonly value: unknown;
}

function findVersion({ headers, payload, subject }: VersionPlaces): Found {
  const places = [
    ["headers", headers, "version"],
    ["payload", payload, "version"],
    ["payload", payload, "schema_version"],
  ] as const;
  for (const [place, holder, key] of places) {
    const value = isPlainObject(holder) ? holder[key] : undefined;
    // In a message, an unset version is the empty string.
    if (value !== undefined && value !== "") return { path: `${place}.${key}`, value };
  }
  // A provider or extension may be called "v2"; its version always comes after its name.
  const token = String(subject ?? "")
    .split(".")
    .findLast((part) => /^v\d{1,9}$/.test(part));
  if (token !== undefined) return { path: "subject", value: token.slice(1) };
  const message = "no version in headers, payload or subject";
  throw new ContractError("match", typeName, { path: "version", rule: "required", message });
}
