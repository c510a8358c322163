"""Generated from `proto/marketplace_contracts/landing/`; not edited by hand."""
