import { Context } from "../../contract/base/context.js";
import { refuse } from "../../contract/base/result.js";
import { isLogLevel, type LogLevel, logLevels } from "./log-level.js";

/**
 * The documented variables with their defaults. Document: the JimBot specification, "Configuration
 * Management".
 */
export const environmentDefaults = Object.freeze({
  EVENT_BUS_URL: "grpc://localhost:50051",
  EVENT_BUS_TOPIC_PREFIX: "jimbot",
  RESOURCE_COORDINATOR_URL: "grpc://localhost:50052",
  RESOURCE_REQUEST_TIMEOUT: "5s",
  COMPONENT_NAME: "mcp_server",
  COMPONENT_VERSION: "1.0.0",
  METRICS_PORT: "9090",
  TRACE_ENDPOINT: "http://localhost:4317",
  LOG_LEVEL: "INFO",
} as const);

/** The name of a documented variable. */
export type EnvironmentVariable = keyof typeof environmentDefaults;

/** Where the variables come from, such as `process.env`. Other keys do not matter. */
export type EnvironmentVariables = { readonly [Name in EnvironmentVariable]?: string | undefined };

/** What a component is started with. */
export interface Environment {
  readonly eventBusUrl: string;
  /** What stands before each topic, without the dot that follows. */
  readonly eventBusTopicPrefix: string;
  readonly resourceCoordinatorUrl: string;
  /** How long a request to the coordinator waits for its answer. */
  readonly resourceRequestTimeoutMillis: number;
  readonly componentName: string;
  readonly componentVersion: string;
  readonly metricsPort: number;
  readonly traceEndpoint: string;
  readonly logLevel: LogLevel;
}

const typeName = "jimbot environment";

/**
 * The configuration of a component from its environment, frozen; a variable that is missing has the
 * documented default. An empty variable is not a missing one.
 *
 * - `EVENT_BUS_URL`, `RESOURCE_COORDINATOR_URL`: `grpc://` or `grpcs://`, a host and a port.
 * - `EVENT_BUS_TOPIC_PREFIX`: segments of letters, digits, `_` and `-`, joined by dots.
 * - `RESOURCE_REQUEST_TIMEOUT`: a whole number of `ms`, `s`, `m` or `h`, from 1 ms to the most that a
 *   timer takes, 2,147,483,647 ms.
 * - `COMPONENT_NAME`: letters, digits, `_` and `-`. `COMPONENT_VERSION`: a semantic version.
 * - `METRICS_PORT`: 1 to 65535. `TRACE_ENDPOINT`: `http://` or `https://` and a host.
 * - `LOG_LEVEL`: one of `logLevels`.
 *
 * Throws ContractError `config` with every fault; its paths are the names of the variables. Of a value
 * it tells nothing that stands before an `@` or after one of `?`, `#`, `;` and `=`, because there
 * secrets are. Document: the JimBot specification, "Configuration Management".
 *
 *     const { metricsPort } = readEnvironment(process.env); // 9090
 */
export function readEnvironment(env: EnvironmentVariables): Environment {
  const context = new Context();
  if (typeof env !== "object" || env === null) {
    context.mismatch("config", "an object", env);
    refuse("configure", typeName, context.issues);
  }
  const take = <T>(variable: EnvironmentVariable, form: JsonContract<T>): T => {
    context.enter(variable);
    const value = valueIn(env, variable, form, context);
    context.leave();
    return value ?? form.standIn;
  };
  const values: Environment = {
    eventBusUrl: take("EVENT_BUS_URL", grpcUrl),
    eventBusTopicPrefix: take("EVENT_BUS_TOPIC_PREFIX", topicPrefix),
    resourceCoordinatorUrl: take("RESOURCE_COORDINATOR_URL", grpcUrl),
    resourceRequestTimeoutMillis: take("RESOURCE_REQUEST_TIMEOUT", duration),
    componentName: take("COMPONENT_NAME", componentName),
    componentVersion: take("COMPONENT_VERSION", version),
    metricsPort: take("METRICS_PORT", port),
    traceEndpoint: take("TRACE_ENDPOINT", httpUrl),
    logLevel: take("LOG_LEVEL", logLevel),
  };
  refuse("configure", typeName, context.issues);
  return Object.freeze(values);
}

/** What a variable may hold. */
interface JsonContract<T> {
  /** What follows "expected" in the error. */
  readonly words: string;
  /** The value of a text; undefined for a text of another form. */
  readonly read: (text: string) => T | undefined;
  /** Takes the place of a value until its fault is thrown. */
  readonly standIn: T;
}

function valueIn<T>(
  env: EnvironmentVariables,
  variable: EnvironmentVariable,
  form: JsonContract<T>,
  context: Context,
): T | undefined {
  let given: unknown;
  try {
    given = env[variable];
  } catch {
    context.fault("config", "reading the value threw an error");
    return undefined;
  }
  const text = given === undefined ? environmentDefaults[variable] : given;
  if (typeof text !== "string") {
    context.mismatch("config", "a string", text);
    return undefined;
  }
  const value = form.read(text);
  if (value === undefined) context.mismatch("config", form.words, masked(text));
  return value;
}

/** A text without the places where secrets stand. */
function masked(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, "$1***@").replace(/([?#;=]).+$/s, "$1***");
}

/** A text that is kept as it is. */
function text(pattern: RegExp, words: string): JsonContract<string> {
  return { words, read: (given) => (pattern.test(given) ? given : undefined), standIn: "" };
}

const maxPort = 65_535;

/** An address whose port, the pattern's first group, is one. */
function url(pattern: RegExp, words: string): JsonContract<string> {
  const read = (given: string): string | undefined => {
    const [whole, digits = "1"] = pattern.exec(given) ?? [];
    return Number(digits) >= 1 && Number(digits) <= maxPort ? whole : undefined;
  };
  return { words, read, standIn: "" };
}

const authority = "(?:[^\\s/?#@]*@)?(?:[^\\s/?#@:[\\]]+|\\[[0-9A-Fa-f:.]+\\])";
const grpcUrl = url(
  new RegExp(`^grpcs?://${authority}:(\\d{1,5})$`),
  "a URL such as grpc://localhost:50051",
);
const httpUrl = url(
  new RegExp(`^https?://${authority}(?::(\\d{1,5}))?(?:[/?#]\\S*)?$`),
  "a URL such as http://localhost:4317",
);
const topicPrefix = text(
  /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/,
  "segments of letters, digits, _ and -, joined by dots",
);
const componentName = text(/^[A-Za-z0-9_-]+$/, "a name of letters, digits, _ and -");
const version = text(
  /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/,
  "a semantic version such as 1.0.0",
);

const units: ReadonlyMap<string | undefined, number> = new Map([
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
]);
const maxTimer = 2_147_483_647;
const duration: JsonContract<number> = {
  words: "a duration of 1ms to 2147483647ms such as 5s",
  read(given) {
    const [, digits, unit] = /^(\d{1,10})(ms|s|m|h)$/.exec(given) ?? [];
    const millis = Number(digits) * (units.get(unit) ?? 0);
    return millis >= 1 && millis <= maxTimer ? millis : undefined;
  },
  standIn: 0,
};

const port: JsonContract<number> = {
  words: "a port from 1 to 65535",
  read(given) {
    const number = /^[1-9]\d{0,4}$/.test(given) ? Number(given) : Number.NaN;
    return number <= maxPort ? number : undefined;
  },
  standIn: 0,
};

const logLevel: JsonContract<LogLevel> = {
  words: `one of ${logLevels.join(", ")}`,
  read: (given) => (isLogLevel(given) ? given : undefined),
  standIn: "INFO",
};
