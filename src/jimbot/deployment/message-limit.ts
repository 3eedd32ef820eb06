/** The largest message of the event bus, in bytes: 10 MB. Document: the JimBot specification, "Event Bus Interface". */
export const maxMessageBytes: number = 10 * 1_024 * 1_024;
