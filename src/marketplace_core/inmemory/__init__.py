"""The reference adapter of every port, in memory."""
