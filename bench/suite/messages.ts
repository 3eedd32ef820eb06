import type { Random } from "../random.js";

const trainingKeys = ["loss", "accuracy", "val_loss", "grad_var", "loss_ewma"];
const seedKeys = ["alpha", "alpha_steps", "blend_allowed", "grad", "momentum"];
const stages = ["TRAINING", "BLENDING", "SHADOWING", "GERMINATED", "PROBATIONARY"];

/** The names of metrics in packets whose keys vary. */
export const metricPool: readonly string[] = [
  ...trainingKeys,
  ...seedKeys,
  ...["blend", "drift", "entropy", "epoch_ms", "flops", "fps", "grad_norm", "grad_max", "kl"],
  ...["latency_ms", "lr", "lr_scale", "mask_ratio", "mem_gb", "noise", "norm", "overlap"],
  ...["params", "perplexity", "recall", "precision", "residual", "rho", "score", "sparsity"],
  ...["stability", "tau", "temp", "throughput", "weight_norm"],
];

/** A snapshot with ten seeds, whose maps always have the same five keys in the same order. */
export function fullStatePacket(random: Random): unknown {
  return packet(random, 10, trainingKeys, () => seedKeys);
}

/** A snapshot with ten seeds that have no metrics of their own. */
export function plainStatePacket(random: Random): unknown {
  return packet(random, 10, trainingKeys, () => []);
}

/** A snapshot with one seed that has no metrics of its own. */
export function smallStatePacket(random: Random): unknown {
  return packet(random, 1, trainingKeys, () => []);
}

/** A snapshot with ten seeds whose maps have three to seven keys of the pool, in any order. */
export function variedStatePacket(random: Random): unknown {
  const keys = (): string[] => random.some(metricPool, random.integer(3, 7));
  return packet(random, 10, keys(), keys);
}

function packet(
  random: Random,
  seeds: number,
  trainingMetrics: readonly string[],
  seedMetrics: () => readonly string[],
): unknown {
  return {
    version: 1,
    current_epoch: random.integer(128, 900),
    validation_accuracy: random.decimal(0.1, 0.99, 4),
    validation_loss: random.decimal(0.1, 3, 4),
    timestamp_ns: `17371982${random.digits(11)}`,
    hardware_context: {
      device_type: "cuda",
      device_id: `cuda:${random.integer(0, 7)}`,
      total_memory_gb: 79.15,
      available_memory_gb: random.decimal(10, 70, 2),
      temperature_celsius: random.decimal(40, 80, 1),
      utilization_percent: random.decimal(50, 99, 1),
      compute_capability: 90,
    },
    training_metrics: metrics(random, trainingMetrics),
    seed_states: Array.from({ length: seeds }, (_, index) => ({
      seed_id: `seed-L${12 + index}-${random.digits(4)}`,
      stage: `SEED_STAGE_${stages[random.integer(0, stages.length - 1)]}`,
      gradient_norm: random.decimal(0.1, 3, 3),
      learning_rate: random.decimal(0.0001, 0.01, 5),
      layer_depth: 3 + 4 * index,
      metrics: metrics(random, seedMetrics()),
      // Up to four seeds are so old that their age takes two bytes.
      age_epochs: random.integer(1, index > 0 && index < 5 ? 160 : 127),
      risk_score: random.decimal(0.01, 0.99, 2),
    })),
    packet_id: random.uuid(),
    global_step: `1${random.digits(6)}`,
    training_loss: random.decimal(0.1, 3, 4),
    source_subsystem: "tolaria",
    training_run_id: `run-20250118-1a${random.digits(2)}3c`,
    experiment_name: "cifar100-resnet",
  };
}

function metrics(random: Random, keys: readonly string[]): Record<string, number> {
  return Object.fromEntries(keys.map((key) => [key, random.decimal(0.001, 9, 3)]));
}

/** An envelope around 200 random bytes. */
export function eventEnvelope(random: Random): unknown {
  return {
    event_id: random.uuid(),
    event_type: "training.epoch.completed",
    source_subsystem: "tolaria",
    created_at: `2025-01-18T11:04:05.${random.digits(3)}Z`,
    processing_deadline: `0.0${random.integer(11, 99)}s`,
    ttl: "60s",
    payload: Buffer.from(random.bytes(200)).toString("base64"),
    payload_type: "esper.leyline.v1.SystemStatePacket",
    content_encoding: "protobuf",
    priority: "MESSAGE_PRIORITY_NORMAL",
    routing_keys: ["leyline.state", "leyline.state.tolaria"],
    correlation_id: random.uuid(),
    delivery_guarantee: "DELIVERY_GUARANTEE_AT_LEAST_ONCE",
    max_attempts: 3,
    current_attempt: random.integer(1, 3),
  };
}

/** The example of the BeamLine protobuf README with ids of its own. */
export function routeRequest(random: Random): unknown {
  return {
    message: {
      message_id: `msg_${random.digits(10)}`,
      tenant_id: `tenant_abc${random.digits(3)}`,
      trace_id: `trace_abc${random.digits(3)}`,
      message_type: "chat",
      payload: `{"text": "Hello, world ${random.digits(2)}!"}`,
      metadata: { source: "gateway" },
      timestamp_ms: 1704067200000 + random.integer(0, 86_399_999),
      run_id: `run_abc${random.digits(3)}`,
      flow_id: `flow_xyz${random.digits(3)}`,
      step_id: `step_${random.digits(6)}`,
      idempotency_key: `idem_key_${random.digits(3)}`,
      span_id: `span_${random.digits(6)}`,
    },
    policy_id: "default",
    context: { user_id: `user_${random.digits(3)}` },
    idempotency_key: `request_idem_key_${random.digits(3)}`,
  };
}

/** A route request whose payload is text of many scripts, with characters of two, three and four bytes. */
export function foreignRouteRequest(random: Random): unknown {
  const texts = [
    "Größenänderung für Straße und Maße",
    "天気予報によると明日は雨です",
    "Привет, как дела сегодня?",
    "👩‍🔬 misst 5 µm ✓",
    "Γειά σου κόσμε",
  ];
  const [first = "", ...others] = random.some(texts, texts.length);
  return {
    message: {
      message_id: `msg_${random.digits(10)}`,
      tenant_id: "acme",
      message_type: "chat",
      payload: JSON.stringify({ text: `${first} ${random.digits(3)}`, history: others }),
      metadata: { source: "gateway", title: `Übersicht ${random.digits(2)}` },
      timestamp_ms: 1704067200000 + random.integer(0, 86_399_999),
    },
    policy_id: "default",
  };
}

/** The decision of the BeamLine protobuf README with a latency and a cost of its own. */
export function routeDecision(random: Random): unknown {
  return {
    provider_id: "openai",
    reason: "weighted",
    priority: random.integer(1, 99),
    expected_latency_ms: random.integer(100, 2000),
    expected_cost: random.decimal(0.001, 0.09, 4),
    metadata: { policy_id: `default-${random.digits(2)}`, sticky: "false" },
  };
}

/** The success of the BeamLine API contracts with ids of its own. */
export function execResult(random: Random): unknown {
  return {
    assignment_id: random.uuid(),
    request_id: random.uuid(),
    status: "success",
    provider_id: "openai:gpt-4o",
    job: { type: "text.generate" },
    latency_ms: random.integer(200, 2000),
    cost: random.decimal(0.001, 0.09, 4),
    trace_id: `tr-${random.digits(3)}`,
    tenant_id: "acme",
    timestamp: 1706371200000 + random.integer(0, 86_399_999),
  };
}

/** The event of the JimBot specification's example, with the game state in an Any. */
export function gameStateEvent(random: Random): unknown {
  return {
    type: "GAME_STATE",
    source: "BalatroMCP",
    event_id: random.uuid(),
    timestamp: 1234567890000 + random.integer(0, 86_399_999),
    version: 1,
    payload: {
      game_id: `seed_${random.digits(5)}`,
      ante: random.integer(1, 8),
      round: random.integer(1, 24),
      chips: random.integer(300, 9000),
      mult: random.integer(2, 60),
      money: random.integer(1, 99),
      jokers: [
        {
          name: "Joker",
          rarity: "common",
          position: 0,
          properties: { mult: "4", cost: "3", sell_value: random.digits(1) },
        },
      ],
      hand: [{ suit: "Spades", rank: "Ace", enhancement: "none", seal: "none", edition: "none" }],
      shop_items: { Blueprint: random.integer(5, 15), "Buffoon Pack": 4 },
    },
  };
}

/** A response as in the Pitboss quick start, with values of all kinds in its body. */
export function pitbossResponse(random: Random): unknown {
  return {
    type: "response",
    version: "1.1",
    timestamp: 1732535853442 + random.integer(0, 86_399_999),
    session_id: `sess-${random.digits(6)}`,
    request_id: `req-${random.digits(3)}`,
    verb: "RULE",
    nextAgent: "model.verifyRequest",
    returnCode: 0,
    decision: "yes",
    confidence: random.decimal(0.5, 0.99, 2),
    reason: "Rule syntax appears valid",
    messageBody: {
      rule_text: `Show me patterns in episodes ${random.digits(2)}`,
      entity_types: ["episode", "pattern", "season"],
      matches: random.integer(1, 500),
      cached: random.integer(0, 1) === 1,
      filter: { since: "2024-11-01", user: null },
    },
  };
}

/** Makes a data exchange of so many signals, most of which are numbers. */
export function dataExchange(random: Random, signals: number): unknown {
  return {
    timestamp: `2024-07-15T10:00:00.${random.digits(3)}Z`,
    run_id: `sim_run_xyz_${random.digits(3)}`,
    message_type: "data_exchange",
    payload: {
      time: random.decimal(1, 99, 2),
      signals: Array.from({ length: signals }, (_, index) => ({
        source_component: `${["motor", "inverter", "controller", "sensor"][index % 4]}_${index}`,
        source_port: ["speed_rpm", "output_current", "state", "torque_nm"][index % 4],
        value: signalValue(random, index),
      })),
    },
  };
}

function signalValue(random: Random, index: number): unknown {
  switch (index % 20) {
    case 2:
      return random.integer(0, 1) === 1;
    case 10:
      return `mode_${random.digits(1)}`;
    case 14:
      return null;
    case 19:
      return [random.decimal(0, 1, 3), random.decimal(0, 1, 3), random.decimal(0, 1, 3)];
    default:
      return random.decimal(1, 2000, 2);
  }
}
