"""What operators look after: letters that nobody took, and acts."""
