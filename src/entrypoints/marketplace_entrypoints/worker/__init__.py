"""What works in the background: the outbox relay, the inbox, deadlines and schedules."""
