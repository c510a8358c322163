"""Adapters of the ports of `marketplace_core`: one package per vendor."""
