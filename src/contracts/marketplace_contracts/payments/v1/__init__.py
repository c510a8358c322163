"""Generated from `proto/marketplace_contracts/payments/v1/`; not edited by hand."""
