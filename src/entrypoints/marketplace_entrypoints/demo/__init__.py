"""The demonstration: a small believable marketplace, its pictures and its clips made on this machine."""
