"""Generated from `proto/marketplace_contracts/video/`; not edited by hand."""
