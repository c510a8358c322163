"""What is told to whom, in which words: pure, without any store or mailer."""
