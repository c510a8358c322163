"""The whole marketplace in one process on a clock that scenes move, and scenes about what goes wrong in it."""
