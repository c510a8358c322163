"""What several processes count together, in Redis or Valkey. Nothing depends on its being there."""
