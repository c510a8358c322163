"""The schema over time: ``upgrade`` brings a database to the newest revision."""
