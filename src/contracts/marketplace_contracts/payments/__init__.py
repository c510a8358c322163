"""Generated from `proto/marketplace_contracts/payments/`; not edited by hand."""
