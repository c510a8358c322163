"""Generated from `proto/marketplace_contracts/orders/`; not edited by hand."""
