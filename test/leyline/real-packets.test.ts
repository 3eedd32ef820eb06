import { describe, expect, it } from "vitest";
import { createFrameReader, createFrameWriter } from "../../src/leyline/compact/index.js";
import { SystemStatePacket } from "../../src/leyline/index.js";

describe("a packet of the real trainer", () => {
  const packetOf = (hardware: string): string =>
    `{"version":1,"current_epoch":3,"validation_accuracy":0.5,"timestamp_ns":"1737198245123456789","hardware_context":${hardware},"seed_states":[{"seed_id":"seed-1","stage":"SEED_STAGE_TRAINING"}],"packet_id":"p-1","source_subsystem":"tolaria"}`;

  it.each([
    ["of a run on a CPU", '{"device_type":"cpu","device_id":"cpu"}'],
    ["before the first measurement", '{"device_type":"cuda","device_id":"cuda:0"}'],
    [
      "after a CUDA error, with what was measured before",
      '{"device_type":"cuda","device_id":"0","available_memory_gb":12.5,"compute_capability":90}',
    ],
  ])("%s has no total memory, and is carried as it is", (_, hardware) => {
    const text = packetOf(hardware);
    const message = SystemStatePacket.fromJsonText(text);
    expect(message.hardwareContext?.totalMemoryGb).toBe(0);
    expect(SystemStatePacket.toJsonText(message)).toBe(text);
    expect(SystemStatePacket.decode(SystemStatePacket.encode(message))).toEqual(message);
    const zero = packetOf(hardware.replace("}", ',"total_memory_gb":0}'));
    expect(SystemStatePacket.fromJsonText(zero)).toEqual(message);
    const reader = createFrameReader();
    const back = createFrameWriter()
      .write(message)
      .map((bytes) => reader.read(bytes));
    expect(back.at(-1)).toEqual(message);
  });
});
