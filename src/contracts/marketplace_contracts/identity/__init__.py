"""Generated from `proto/marketplace_contracts/identity/`; not edited by hand."""
