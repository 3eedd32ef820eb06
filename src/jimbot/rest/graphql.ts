/**
 * The schema of the knowledge graph in GraphQL's schema definition language, with the three kinds of
 * knowledge that a KnowledgeUpdate stores. Document: the JimBot specification, "Knowledge Graph
 * Interface", whose query it answers; the other fields are those of the updates.
 *
 *     import { buildSchema } from "graphql";
 *     const schema = buildSchema(knowledgeGraphqlSchema);
 */
export const knowledgeGraphqlSchema = `"What JimBot has learned of the game."
type Query {
  "The joker of a name, or null when nothing is known of it."
  joker(name: String!): Joker
  "The worth of a kind of poker hand, such as Flush, or null when it is not known."
  handValue(handType: String!): HandValue
  "What works against the blind of a name, or null when it is not known."
  blindStrategy(blindName: String!): BlindStrategy
}

"A joker of the game."
type Joker {
  "The name as the game shows it."
  name: String!
  "The rarity, such as common, or null when it is not known."
  rarity: String
  "The jokers that it works well or badly with, the strongest effect first."
  synergies: [Synergy!]!
}

"How well a joker works together with another one."
type Synergy {
  "The other joker."
  target: Joker!
  "The strength of the effect; negative when the two hinder each other."
  strength: Float!
  "The kind of the effect, or null when it is not stated."
  type: String
  "Conditions under which the effect holds; none when it always holds."
  conditions: [String!]!
}

"What a kind of poker hand is worth."
type HandValue {
  "The kind of poker hand."
  handType: String!
  "The worth without modifiers."
  baseValue: Float!
  "What changes the worth."
  modifiers: [NamedNumber!]!
}

"What works against a blind."
type BlindStrategy {
  "The name of the blind as the game shows it."
  blindName: String!
  "Strategies that have worked."
  effectiveStrategies: [String!]!
  "Strategies that have failed."
  ineffectiveStrategies: [String!]!
  "How well each kind of poker hand works."
  handTypeEffectiveness: [NamedNumber!]!
}

"A number and its name."
type NamedNumber {
  name: String!
  value: Float!
}
`;

/** The document's query. Document: the JimBot specification, "Knowledge Graph Interface", Query. */
export const knowledgeGraphqlQuery = `query JokerSynergies($jokerName: String!) {
  joker(name: $jokerName) {
    synergies {
      target { name }
      strength
      conditions
    }
  }
}
`;
