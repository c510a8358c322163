"""The steps of the features, by subject."""
