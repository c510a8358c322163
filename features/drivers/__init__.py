"""One driver per door; all speak the same domain words."""
