import { beforeEach, describe, expect, it, vi } from "vitest";

const runNodeJs = vi.fn();
beforeEach(() => {
  vi.resetModules();
  runNodeJs.mockClear();
  process.exitCode = undefined;
  return () => {
    vi.doUnmock("@bufbuild/protoplugin");
    vi.restoreAllMocks();
    process.exitCode = undefined;
  };
});

/** Makes the import of the framework fail as if the package were not installed. */
function failWith(error: Error): void {
  vi.doMock("@bufbuild/protoplugin", () => ({
    get runNodeJs() {
      throw error;
    },
  }));
}

describe("protoc-gen-es-codec", () => {
  it("runs the plugin in the framework", async () => {
    vi.doMock("@bufbuild/protoplugin", async (original) => ({
      ...(await original<object>()),
      runNodeJs,
    }));
    await import("../../src/codegen/bin.js");
    const { codecPlugin } = await import("../../src/codegen/plugin.js");
    expect(runNodeJs.mock.calls).toEqual([[codecPlugin]]);
    expect(process.exitCode).toBe(undefined);
  });

  it("says what to install if the framework is missing", async () => {
    const print = vi.spyOn(console, "error").mockImplementation(() => undefined);
    failWith(Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" }));
    await import("../../src/codegen/bin.js");
    expect(print.mock.calls).toEqual([
      [
        "protoc-gen-es-codec needs @bufbuild/protoplugin: npm install --save-dev @bufbuild/protoplugin",
      ],
    ]);
    expect(process.exitCode).toBe(1);
  });

  it("passes on every other error", async () => {
    failWith(new Error("a bug"));
    await expect(import("../../src/codegen/bin.js")).rejects.toThrow("a bug");
  });
});
