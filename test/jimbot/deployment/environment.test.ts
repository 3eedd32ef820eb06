import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type EnvironmentVariable,
  type EnvironmentVariables,
  environmentDefaults,
  readEnvironment,
} from "../../../src/jimbot/deployment/environment.js";
import { formatTopicAddress } from "../../../src/jimbot/events/topics.js";
import { type ContractError, isContractError } from "../../../src/wire/error.js";
import { missingFromDocument } from "../document.js";

const documented = {
  eventBusUrl: "grpc://localhost:50051",
  eventBusTopicPrefix: "jimbot",
  resourceCoordinatorUrl: "grpc://localhost:50052",
  resourceRequestTimeoutMillis: 5000,
  componentName: "mcp_server",
  componentVersion: "1.0.0",
  metricsPort: 9090,
  traceEndpoint: "http://localhost:4317",
  logLevel: "INFO",
};

function refusalOf(env: unknown): ContractError {
  try {
    // @ts-expect-error a caller without types may give anything
    readEnvironment(env);
  } catch (error) {
    if (isContractError(error)) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

function refused(variable: EnvironmentVariable, value: unknown): string {
  const { code, type, path, message } = refusalOf({ [variable]: value });
  expect({ code, type, path }).toEqual({
    code: "config",
    type: "jimbot environment",
    path: variable,
  });
  return message.replace(`cannot configure jimbot environment: ${variable}: `, "");
}

describe("the environment", () => {
  it("has the nine documented variables with their defaults", () => {
    const lines = Object.entries(environmentDefaults).map(([name, value]) => `${name}=${value}`);
    expect(lines).toEqual([
      "EVENT_BUS_URL=grpc://localhost:50051",
      "EVENT_BUS_TOPIC_PREFIX=jimbot",
      "RESOURCE_COORDINATOR_URL=grpc://localhost:50052",
      "RESOURCE_REQUEST_TIMEOUT=5s",
      "COMPONENT_NAME=mcp_server",
      "COMPONENT_VERSION=1.0.0",
      "METRICS_PORT=9090",
      "TRACE_ENDPOINT=http://localhost:4317",
      "LOG_LEVEL=INFO",
    ]);
    expect(missingFromDocument(lines)).toEqual([]);
    expect(readEnvironment({})).toEqual(documented);
    expect(readEnvironment(environmentDefaults)).toEqual(documented);
    expect(Object.isFrozen(readEnvironment({})) && Object.isFrozen(environmentDefaults)).toBe(true);
  });

  it("is read from what a platform has, other variables aside", () => {
    const env: EnvironmentVariables & Record<string, string | undefined> = {
      PATH: "/bin",
      EVENT_BUS_URL: "grpcs://user:pass@bus.internal:443",
      EVENT_BUS_TOPIC_PREFIX: "acme.jimbot",
      RESOURCE_COORDINATOR_URL: "grpc://[::1]:50052",
      RESOURCE_REQUEST_TIMEOUT: "250ms",
      COMPONENT_NAME: "event-bus",
      COMPONENT_VERSION: "2.1.0-rc.1+build-7",
      METRICS_PORT: "65535",
      TRACE_ENDPOINT: "https://collector:4318/v1/traces?tenant=a",
      LOG_LEVEL: "CRITICAL",
    };
    expect(readEnvironment(env)).toEqual({
      eventBusUrl: "grpcs://user:pass@bus.internal:443",
      eventBusTopicPrefix: "acme.jimbot",
      resourceCoordinatorUrl: "grpc://[::1]:50052",
      resourceRequestTimeoutMillis: 250,
      componentName: "event-bus",
      componentVersion: "2.1.0-rc.1+build-7",
      metricsPort: 65535,
      traceEndpoint: "https://collector:4318/v1/traces?tenant=a",
      logLevel: "CRITICAL",
    });
    expect(readEnvironment(process.env)).toMatchObject({ metricsPort: expect.any(Number) });
    expect(readEnvironment({ LOG_LEVEL: undefined }).logLevel).toBe("INFO");
    expect(formatTopicAddress("error", { prefix: readEnvironment(env).eventBusTopicPrefix })).toBe(
      "acme.jimbot.error",
    );
  });

  it.each([
    ["1ms", 1],
    ["5s", 5_000],
    ["2m", 120_000],
    ["1h", 3_600_000],
    ["2147483647ms", 2_147_483_647],
    ["007s", 7_000],
  ])("reads the duration %s", (text, millis) => {
    expect(readEnvironment({ RESOURCE_REQUEST_TIMEOUT: text }).resourceRequestTimeoutMillis).toBe(
      millis,
    );
  });

  it.each(["http://h", "http://h/", "http://h:1/x", "https://h:65535", "http://h?x=1"])(
    "takes the trace endpoint %s",
    (url) => {
      expect(readEnvironment({ TRACE_ENDPOINT: url }).traceEndpoint).toBe(url);
    },
  );

  const grpc = "expected a URL such as grpc://localhost:50051, got";
  const http = "expected a URL such as http://localhost:4317, got";
  const timeout = "expected a duration of 1ms to 2147483647ms such as 5s, got";
  const port = "expected a port from 1 to 65535, got";
  const prefix = "expected segments of letters, digits, _ and -, joined by dots, got";
  const name = "expected a name of letters, digits, _ and -, got";
  const version = "expected a semantic version such as 1.0.0, got";
  const level = "expected one of DEBUG, INFO, WARNING, ERROR, CRITICAL, got";

  it.each<[EnvironmentVariable, unknown, string]>([
    ["EVENT_BUS_URL", "", `${grpc} ""`],
    ["EVENT_BUS_URL", "localhost:50051", `${grpc} "localhost:50051"`],
    ["EVENT_BUS_URL", "http://localhost:50051", `${grpc} "http://localhost:50051"`],
    ["EVENT_BUS_URL", "grpc://localhost", `${grpc} "grpc://localhost"`],
    ["EVENT_BUS_URL", "grpc://localhost:0", `${grpc} "grpc://localhost:0"`],
    ["EVENT_BUS_URL", "grpc://localhost:65536", `${grpc} "grpc://localhost:65536"`],
    ["EVENT_BUS_URL", " grpc://localhost:1", `${grpc} " grpc://localhost:1"`],
    ["EVENT_BUS_URL", "grpc://:50051", `${grpc} "grpc://:50051"`],
    ["EVENT_BUS_URL", "grpc://a:1\n", `${grpc} "grpc://a:1\\n"`],
    ["RESOURCE_COORDINATOR_URL", "grpc://a:1/x", `${grpc} "grpc://a:1/x"`],
    ["RESOURCE_COORDINATOR_URL", 50052, "expected a string, got 50052"],
    ["TRACE_ENDPOINT", "ftp://localhost", `${http} "ftp://localhost"`],
    ["TRACE_ENDPOINT", "http:localhost", `${http} "http:localhost"`],
    ["TRACE_ENDPOINT", "http://localhost:0/x", `${http} "http://localhost:0/x"`],
    ["EVENT_BUS_TOPIC_PREFIX", "", `${prefix} ""`],
    ["EVENT_BUS_TOPIC_PREFIX", "jimbot.", `${prefix} "jimbot."`],
    ["EVENT_BUS_TOPIC_PREFIX", "*", `${prefix} "*"`],
    ["RESOURCE_REQUEST_TIMEOUT", "5", `${timeout} "5"`],
    ["RESOURCE_REQUEST_TIMEOUT", "0s", `${timeout} "0s"`],
    ["RESOURCE_REQUEST_TIMEOUT", "-5s", `${timeout} "-5s"`],
    ["RESOURCE_REQUEST_TIMEOUT", "1.5s", `${timeout} "1.5s"`],
    ["RESOURCE_REQUEST_TIMEOUT", "2147483648ms", `${timeout} "2147483648ms"`],
    ["RESOURCE_REQUEST_TIMEOUT", "5d", `${timeout} "5d"`],
    ["COMPONENT_NAME", "", `${name} ""`],
    ["COMPONENT_NAME", "mcp server", `${name} "mcp server"`],
    ["COMPONENT_VERSION", "1.0", `${version} "1.0"`],
    ["COMPONENT_VERSION", "v1.0.0", `${version} "v1.0.0"`],
    ["METRICS_PORT", "0", `${port} "0"`],
    ["METRICS_PORT", "65536", `${port} "65536"`],
    ["METRICS_PORT", "80a", `${port} "80a"`],
    ["METRICS_PORT", "9e3", `${port} "9e3"`],
    ["METRICS_PORT", null, "expected a string, got null"],
    ["LOG_LEVEL", "info", `${level} "info"`],
    ["LOG_LEVEL", "WARN", `${level} "WARN"`],
    ["LOG_LEVEL", "", `${level} ""`],
  ])("refuses %s=%j", (variable, value, text) => {
    expect(refused(variable, value)).toBe(`${text} [config]`);
  });

  it("tells every fault at once, by the names of the variables", () => {
    const names = Object.keys(environmentDefaults);
    const { issues, message } = refusalOf(Object.fromEntries(names.map((key) => [key, ""])));
    expect(issues.map(({ path }) => path)).toEqual(names);
    expect(message).toBe(
      `cannot configure jimbot environment: EVENT_BUS_URL: ${grpc} "" [config] (and 8 more issues)`,
    );
  });

  it.each([
    ["grpc://admin:hunter2@bus", 'got "grpc://***@bus"'],
    ["admin:hunter2@bus:50051", 'got "***@bus:50051"'],
    ["grpc://a@b:hunter2@bus:x", 'got "grpc://***@bus:x"'],
    ["http://bus?token=hunter2", 'got "http://bus?***"'],
    ["http://bus?token=hunter2@bus", 'got "http://***@bus"'],
    ["Server=bus;Password=hunter2", 'got "Server=***"'],
    ["bus;hunter2", 'got "bus;***"'],
    ["grpc://admin:hunter2\n@bus", 'got "grpc://***@bus"'],
    ["bus#hunter2\nhunter2", 'got "bus#***"'],
  ])("does not tell the secret of %j", (value, text) => {
    for (const variable of ["EVENT_BUS_URL", "METRICS_PORT", "LOG_LEVEL"] as const) {
      expect(refused(variable, value)).toContain(text);
    }
    const { issues } = refusalOf({ EVENT_BUS_URL: value });
    expect(JSON.stringify(issues)).not.toContain("hunter2");
  });

  it("never throws anything else, whatever it is given", () => {
    expect(refusalOf(undefined).message).toBe(
      "cannot configure jimbot environment: expected an object, got undefined [config]",
    );
    expect(refusalOf("EVENT_BUS_URL=x").code).toBe("config");
    const trap = new Proxy(
      {},
      {
        get() {
          throw new TypeError("no");
        },
      },
    );
    expect(refusalOf(trap).issues).toHaveLength(9);
    expect(refusalOf(trap).issues[0]).toEqual({
      path: "EVENT_BUS_URL",
      rule: "config",
      message: "reading the value threw an error",
    });
    const values = fc.oneof(fc.string(), fc.constantFrom(undefined, null, 1, Symbol.iterator, {}));
    const env = fc.record({ EVENT_BUS_URL: values, TRACE_ENDPOINT: values, METRICS_PORT: values });
    fc.assert(
      fc.property(env, (given) => {
        try {
          // @ts-expect-error a caller without types may give anything
          return readEnvironment(given).componentName === "mcp_server";
        } catch (error) {
          return isContractError(error) && error.code === "config";
        }
      }),
      { seed: 1 },
    );
  });
});
