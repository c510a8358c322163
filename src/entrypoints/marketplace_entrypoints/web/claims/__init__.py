"""Claims on the pages: what the buyer, the shop and operators read and do alike."""
