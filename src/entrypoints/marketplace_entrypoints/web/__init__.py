"""Pages for people: storefront, seller studio, operator console, on the same commands and queries as every door."""
