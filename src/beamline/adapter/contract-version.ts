import { isPlainObject } from "../../contract/base/plain-data.js";
import { guarded } from "../../contract/base/result.js";
import { ContractError, mismatch } from "../../wire/error.js";

/** The places in which a message can state its contract version. */
export interface VersionPlaces {
  /** The NATS headers; `version` is read. */
  readonly headers?: Readonly<Record<string, unknown>>;
  /** The message, as wire JSON or as a message; `version` is read, else `schema_version`. */
  readonly payload?: unknown;
  /** The subject; the last token such as `v1` is read. */
  readonly subject?: string;
}

/** The contract versions that this library implements. */
export const supportedContractVersions = ["1"] as const;

/**
 * The contract version of a message: that of its headers, else that of its payload, else that of its
 * subject; the empty string counts as absent. Throws ContractError `required` when none of them has a
 * version, `version.mismatch` for a version that is not in {@link supportedContractVersions}; the path of
 * the issue says where it was found. Document: the BeamLine core message fields.
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
  const versions = supportedContractVersions.map((one) => `"${one}"`).join(", ");
  const expected = `one of the supported versions ${versions}`;
  throw new ContractError("match", typeName, mismatch(path, "version.mismatch", expected, value));
}

/** The type name in errors. */
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
