"""Generated from `proto/marketplace_contracts/landing/v1/`; not edited by hand."""
