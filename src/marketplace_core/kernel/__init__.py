"""What every context may use: messages, money, identifiers, time, access, and the durable machinery of a command.

The kernel imports nothing of ours. Import its modules by name (``from marketplace_core.kernel.money import Money``).
"""
