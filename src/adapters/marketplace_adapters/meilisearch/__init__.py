"""Search in Meilisearch, 1.15 or newer."""
