import {
  type OpenApiDocument,
  type OpenApiOperation,
  toOpenApi,
} from "../../contract/schema/open-api.js";
import { jimbotConfig } from "../deployment/config.js";
import { StatusReply } from "./bus.js";
import { restChannelOf } from "./channels.js";

const commands = "play_hand:1,2,3\n";

/** The operation of a channel names that channel and no other. */
interface Operation<Name extends keyof typeof restChannelOf> extends OpenApiOperation {
  readonly channel: (typeof restChannelOf)[Name];
}

const operations = {
  post_event: { channel: restChannelOf.post_event, summary: "Publishes one event." },
  post_event_batch: {
    channel: restChannelOf.post_event_batch,
    summary: "Publishes some events at once.",
  },
  get_event_history: {
    channel: restChannelOf.get_event_history,
    summary: "Asks for events of the past, a page at a time.",
  },
  poll_commands: {
    channel: restChannelOf.poll_commands,
    summary: "Asks for commands to the game, one a line.",
    content: { "text/plain": { schema: { type: "string" }, example: commands } },
  },
  query_knowledge: {
    channel: restChannelOf.query_knowledge,
    summary: "Asks the knowledge graph in GraphQL.",
  },
  knowledge_changes: {
    channel: restChannelOf.knowledge_changes,
    summary: "Follows the changes of the knowledge graph.",
  },
  submit_training_job: {
    channel: restChannelOf.submit_training_job,
    summary: "Orders the training of a model.",
    status: 201,
  },
  get_model_metrics: {
    channel: restChannelOf.get_model_metrics,
    summary: "Asks how well a model plays.",
  },
  get_cached_strategies: {
    channel: restChannelOf.get_cached_strategies,
    summary: "Asks for the advice that is kept.",
  },
  update_rate_limits: {
    channel: restChannelOf.update_rate_limits,
    summary: "Sets how often the language model may be asked.",
  },
  query_metrics: {
    channel: restChannelOf.query_metrics,
    summary: "Asks the metrics store in SQL.",
  },
  metric_stream: { channel: restChannelOf.metric_stream, summary: "Follows the metrics." },
} as const satisfies { readonly [Name in keyof typeof restChannelOf]: Operation<Name> };

/**
 * The OpenAPI 3.1 document of JimBot's REST paths and WebSockets, built anew at each call from the rules
 * of their messages; `schemas/openapi/jimbot.json` is the same. Document: the JimBot specification,
 * "Interface Contract Tests".
 *
 *     const document = JSON.stringify(jimbotOpenApi());
 */
export function jimbotOpenApi(): OpenApiDocument {
  return toOpenApi(Object.values(operations), {
    title: "JimBot",
    version: "1.0.0",
    description:
      "The REST paths and WebSockets of JimBot's components. A $comment that begins with unrepresentable says " +
      "what a rule asks for beyond its schema.",
    servers: [
      {
        url: `http://${jimbotConfig.bindHost}:8080`,
        description: "The address that the BalatroMCP mod posts to.",
      },
    ],
    refusal: StatusReply,
  });
}
