"""What a seller may do with their page, one module each."""
