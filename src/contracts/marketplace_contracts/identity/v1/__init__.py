"""Generated from `proto/marketplace_contracts/identity/v1/`; not edited by hand."""
