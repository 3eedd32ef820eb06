import type { Example } from "../contract/example.js";
import { Envelope } from "./envelope.js";

const head = { timestamp: "2024-07-15T10:00:00.123Z", run_id: "sim_run_xyz_123" };
const enveloped = "put into the envelope of the document's first example";

/** The examples of the sim proposal. */
export const examples: readonly Example[] = [
  {
    name: "simulation_status",
    source: "the sim proposal, 1. simulation_status",
    contract: Envelope,
    json: {
      ...head,
      message_type: "simulation_status",
      payload: {
        status: "running",
        details: "Simulation step 500 of 10000 completed.",
        error_info: null,
      },
    },
    bytes: 77,
    changes: [enveloped, "comments removed"],
  },
  {
    name: "data_exchange",
    source: "the sim proposal, General Message Envelope and 2. data_exchange",
    contract: Envelope,
    json: {
      ...head,
      message_type: "data_exchange",
      payload: {
        time: 50.01,
        signals: [
          { source_component: "motor_1", source_port: "speed_rpm", value: 1498.5 },
          { source_component: "inverter_1", source_port: "output_current", value: 4.2 },
        ],
      },
    },
    bytes: 113,
    changes: [
      "comments removed",
      "the envelope's empty payload filled with the document's data_exchange payload",
    ],
  },
  {
    name: "log_message",
    source: "the sim proposal, 3. log_message",
    contract: Envelope,
    json: {
      ...head,
      message_type: "log_message",
      payload: {
        level: "INFO",
        message: "Component 'controller_1' initialized successfully.",
        component_id: "controller_1",
      },
    },
    bytes: 102,
    changes: [enveloped, "comments removed"],
  },
  {
    name: "control_command",
    source: "the sim proposal, 4. control_command",
    contract: Envelope,
    json: {
      ...head,
      message_type: "control_command",
      payload: { command: "pause", parameters: {} },
    },
    bytes: 43,
    changes: [enveloped, "comments removed"],
  },
];
