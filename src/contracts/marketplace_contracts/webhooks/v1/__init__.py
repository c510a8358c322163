"""Generated from `proto/marketplace_contracts/webhooks/v1/`; not edited by hand."""
