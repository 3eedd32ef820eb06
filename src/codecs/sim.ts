export { ControlCommandCodec } from "../../gen/sim/v1/control_codec.js";
export { DataExchangeCodec, NumberListCodec, SignalCodec } from "../../gen/sim/v1/data_codec.js";
export { EnvelopeCodec } from "../../gen/sim/v1/envelope_codec.js";
export { LogMessageCodec } from "../../gen/sim/v1/log_codec.js";
export { ErrorInfoCodec, SimulationStatusCodec } from "../../gen/sim/v1/status_codec.js";
