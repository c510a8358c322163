"""The tables, one module per context. Importing this package declares them all."""
