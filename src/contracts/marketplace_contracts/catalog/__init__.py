"""Generated from `proto/marketplace_contracts/catalog/`; not edited by hand."""
