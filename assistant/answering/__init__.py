"""From a question to a grounded Reply: reading, evidence, claims, grounding, wording."""
