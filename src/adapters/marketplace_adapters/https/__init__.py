"""Messages to addresses on the web that others have named."""
