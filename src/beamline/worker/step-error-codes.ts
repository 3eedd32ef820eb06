import { ErrorCode } from "../../../gen/beamline/worker/v1/step_pb.js";

/** The category of an error code, given by the thousands of its number. */
export type StepErrorKind =
  | "success"
  | "validation"
  | "execution"
  | "network"
  | "system"
  | "cancellation";

/** The name of an error code in a result, and its category. */
export interface StepErrorCode {
  readonly name: keyof typeof ErrorCode;
  readonly kind: StepErrorKind;
}

/** The error codes of a worker's blocks, by number. Document: the BeamLine protobuf README. */
export const stepErrorCodes = {
  [ErrorCode.NONE]: { name: "NONE", kind: "success" },
  [ErrorCode.INVALID_INPUT]: { name: "INVALID_INPUT", kind: "validation" },
  [ErrorCode.MISSING_REQUIRED_FIELD]: { name: "MISSING_REQUIRED_FIELD", kind: "validation" },
  [ErrorCode.INVALID_FORMAT]: { name: "INVALID_FORMAT", kind: "validation" },
  [ErrorCode.EXECUTION_FAILED]: { name: "EXECUTION_FAILED", kind: "execution" },
  [ErrorCode.RESOURCE_UNAVAILABLE]: { name: "RESOURCE_UNAVAILABLE", kind: "execution" },
  [ErrorCode.PERMISSION_DENIED]: { name: "PERMISSION_DENIED", kind: "execution" },
  [ErrorCode.QUOTA_EXCEEDED]: { name: "QUOTA_EXCEEDED", kind: "execution" },
  [ErrorCode.NETWORK_ERROR]: { name: "NETWORK_ERROR", kind: "network" },
  [ErrorCode.CONNECTION_TIMEOUT]: { name: "CONNECTION_TIMEOUT", kind: "network" },
  [ErrorCode.HTTP_ERROR]: { name: "HTTP_ERROR", kind: "network" },
  [ErrorCode.INTERNAL_ERROR]: { name: "INTERNAL_ERROR", kind: "system" },
  [ErrorCode.SYSTEM_OVERLOAD]: { name: "SYSTEM_OVERLOAD", kind: "system" },
  [ErrorCode.CANCELLED_BY_USER]: { name: "CANCELLED_BY_USER", kind: "cancellation" },
  [ErrorCode.CANCELLED_BY_TIMEOUT]: { name: "CANCELLED_BY_TIMEOUT", kind: "cancellation" },
} as const satisfies Readonly<Record<ErrorCode, StepErrorCode>>;

/** The text of {@link ExecResult.errorCode}: the name of an error code. */
export type StepErrorName = keyof typeof ErrorCode | "UNKNOWN_ERROR";

const byNumber: ReadonlyMap<number, StepErrorCode> = new Map(
  Object.entries(stepErrorCodes).map(([code, entry]) => [Number(code), entry]),
);
const byName: ReadonlyMap<string, ErrorCode> = new Map(
  [...byNumber].map(([code, { name }]) => [name, code]),
);

/**
 * The name of an error code, as results have it; `UNKNOWN_ERROR` for a number without a name.
 *
 * @example
 * formatStepErrorCode(3002); // "CONNECTION_TIMEOUT"
 */
export function formatStepErrorCode(code: number): StepErrorName {
  return byNumber.get(code)?.name ?? "UNKNOWN_ERROR";
}

/**
 * The error code of a name; undefined for any other text, and for `UNKNOWN_ERROR`, which does not say
 * which number it was.
 *
 * @example
 * parseStepErrorCode("CONNECTION_TIMEOUT"); // 3002, ErrorCode.CONNECTION_TIMEOUT
 */
export function parseStepErrorCode(text: string): ErrorCode | undefined {
  return byName.get(text);
}
