"""Generated from `proto/marketplace_contracts/webhooks/`; not edited by hand."""
