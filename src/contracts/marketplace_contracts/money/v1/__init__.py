"""Generated from `proto/marketplace_contracts/money/v1/`; not edited by hand."""
