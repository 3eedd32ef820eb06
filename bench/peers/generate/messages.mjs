/** The messages that the other libraries get code for, and the proto files that define them. */
export const messages = {
  "esper.leyline.v1.SystemStatePacket": "esper/leyline/v1/state.proto",
  "esper.leyline.v1.AdaptationCommand": "esper/leyline/v1/command.proto",
  "esper.leyline.v1.EventEnvelope": "esper/leyline/v1/event.proto",
  "esper.leyline.v1.StructuralPruningRequest": "esper/leyline/v1/pruning.proto",
  "esper.leyline.v1.TelemetryPacket": "esper/leyline/v1/telemetry.proto",
  "beamline.flow.v1.RouteRequest": "beamline/flow/v1/flow.proto",
  "beamline.flow.v1.RouteDecision": "beamline/flow/v1/flow.proto",
  "beamline.worker.v1.ExecResult": "beamline/worker/v1/result.proto",
  "jimbot.events.v1.Event": "jimbot/events/v1/event.proto",
  "pitboss.v1.MessageEnvelope": "pitboss/v1/envelope.proto",
  "sim.v1.Envelope": "sim/v1/envelope.proto",
};

/** The messages that travel in an Any, which JSON has to look into. */
export const packedMessages = {
  "jimbot.events.v1.GameStateEvent": "jimbot/events/v1/game.proto",
};

/** The full names of the messages. */
export const typeNames = Object.keys(messages);

/** The proto files of all messages, each once. */
export const files = [...new Set([...Object.values(messages), ...Object.values(packedMessages)])];

/** The name of a type as an identifier, e.g. `sim_v1_Envelope`. */
export function flat(typeName) {
  return typeName.replaceAll(".", "_");
}

/** The last part of a type's name, e.g. `Envelope`. */
export function shortName(typeName) {
  return typeName.slice(typeName.lastIndexOf(".") + 1);
}

/**
 * The end of a generated module: an object of functions for each message, written out so that none
 * shares its call sites with another message. Each writer of a function gets the name of the type.
 */
export function codecsObject(writers) {
  const entries = typeNames.map((name) => {
    const functions = Object.entries(writers).map(
      ([operation, write]) => `    ${operation}: ${write(name)},\n`,
    );
    return `  "${name}": {\n${functions.join("")}  },\n`;
  });
  return `\nexport const codecs = {\n${entries.join("")}};\n`;
}
