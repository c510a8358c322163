"""Generated from `proto/marketplace_contracts/operations/`; not edited by hand."""
