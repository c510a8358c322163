"""Generated from `proto/marketplace_contracts/catalog/v1/`; not edited by hand."""
