"""Generated from `proto/marketplace_contracts/video/v1/`; not edited by hand."""
