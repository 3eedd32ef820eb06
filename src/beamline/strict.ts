import type { Context } from "../contract/base/context.js";
import {
  type IdFormat,
  reportId,
  traceIdFormat,
  uuid4,
  uuid4OrUlid,
} from "../contract/rules/ids.js";

const tenantFormat: IdFormat = {
  expected: "a tenant id of letters, digits, _ and -",
  pattern: /^[A-Za-z0-9_-]+$/,
};

/** The correlation ids of a message; each type of message has some of them. */
export interface Correlation {
  readonly tenantId?: string;
  readonly traceId?: string;
  readonly assignmentId?: string;
  readonly runId?: string;
  readonly flowId?: string;
  readonly stepId?: string;
}

/**
 * Reports ids that do not match the patterns of the core-field specification, and ids of run, flow and
 * step that are missing although another of the three is set. Unset ids are otherwise accepted.
 */
export function reportCorrelation(ids: Correlation, context: Context): void {
  reportId(context, "tenant_id", ids.tenantId ?? "", tenantFormat);
  reportId(context, "trace_id", ids.traceId ?? "", traceIdFormat);
  reportId(context, "assignment_id", ids.assignmentId ?? "", uuid4);
  const steps = [
    ["run_id", ids.runId],
    ["flow_id", ids.flowId],
    ["step_id", ids.stepId],
  ] as const;
  for (const [key, id] of steps) {
    reportId(context, key, id ?? "", uuid4OrUlid);
    const [present] = steps.find(([, other]) => (other ?? "") !== "") ?? [];
    if (id === "" && present !== undefined) {
      context.fault(
        "required",
        `required beside ${present} (${key}_required_when_${present}_present)`,
        key,
      );
    }
  }
}
