"""How fast the embedded default is, beside what the bare framework could do in the same minutes: ``./dev bench``."""
