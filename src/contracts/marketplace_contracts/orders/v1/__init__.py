"""Generated from `proto/marketplace_contracts/orders/v1/`; not edited by hand."""
