/** The time since some moment, in nanoseconds. */
export type Clock = () => number;

export const wallTime: Clock = () => performance.now() * 1e6;

/** The time that this process has had processors, its helper threads included. */
export const processorTime: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e3;
};
