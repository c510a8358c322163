"""Generated from `proto/marketplace_contracts/operations/v1/`; not edited by hand."""
