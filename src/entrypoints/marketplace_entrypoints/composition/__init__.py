"""How a process is put together: settings, adapters, wiring."""
