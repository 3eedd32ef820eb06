import type { Exception } from "./exception.js";

const nullIsAbsent =
  "- BeamLine: null is read as an absent key in every reply, because the Router echoes `trace_id: null` and the gateway writes `intake_error_code: null`. It is neither checked nor written.";

/** BeamLine. */
export const beamline: readonly Exception[] = [
  { type: "beamline.AdminError", case: "whole: ok := null", change: nullIsAbsent },
  { type: "beamline.ExtensionReply", case: "whole: metadata := null", change: nullIsAbsent },
  // What is refused now is the reason without a status.
  { type: "beamline.ValidatorReply", case: "whole: status := null", change: nullIsAbsent },
];
