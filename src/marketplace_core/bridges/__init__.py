"""The only place where two contexts meet."""
