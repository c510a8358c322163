"""What the catalogue is made of: products, categories, stock, and the pure decisions about them."""
