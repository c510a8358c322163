"""Generated from `proto/marketplace_contracts/money/`; not edited by hand."""
