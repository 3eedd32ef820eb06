import { afterEach, describe, expect, it, vi } from "vitest";
import { readOptions, usage } from "../../bench/suite/options.js";

const fixtures = new URL("../../bench/fixtures/", import.meta.url);

describe("the options of the suite", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  function refusalOf(...args: string[]): string {
    const error = vi.spyOn(console, "error").mockReturnValue();
    expect(readOptions(args, fixtures)).toBeUndefined();
    return String(error.mock.lastCall?.[0]);
  }

  it("are the quick mode without arguments", () => {
    const options = readOptions([], fixtures);
    expect(options).toMatchObject({ mode: "quick", chosen: false, peers: [], json: undefined });
    expect(options?.cases).toHaveLength(20);
    expect(options?.operations).toHaveLength(8);
  });

  it("choose messages, libraries and operations", () => {
    const args = ["--full", "--case", "exchange", "--peer", "PBF", "--peer", "avsc"];
    const options = readOptions([...args, "--operation", "decode"], fixtures);
    expect(options).toMatchObject({ mode: "full", chosen: true, peers: ["pbf", "avsc"] });
    expect(options?.cases.map(({ id }) => id)).toEqual(["exchange-10", "exchange-1000"]);
    expect(options?.operations).toEqual(["decode"]);
  });

  it("choose the message of a profile", () => {
    const options = readOptions(["--profile", "state-1"], fixtures);
    expect(options?.cases.map(({ id }) => id)).toEqual(["state-1"]);
  });

  it("refuse what there is not", () => {
    expect(refusalOf("--operation", "encod")).toBe(`there is no operation "encod"\n\n${usage}`);
    expect(refusalOf("--full", "--isolated")).toBe(
      `--full and --isolated exclude each other\n\n${usage}`,
    );
    expect(refusalOf("--case", "nothing")).toMatch(
      /^no message has "nothing" in its name; there are\n {2}state-1: SystemStatePacket, 1 seed\n/,
    );
    expect(refusalOf("--cases", "x")).toMatch(/^Unknown option '--cases'/);
  });
});
