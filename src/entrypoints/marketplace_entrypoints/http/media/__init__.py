"""What embedded adapters have on disk, served with the right types, ranges and cache headers."""
