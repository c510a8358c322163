"""The doors of the marketplace, and the composition behind them."""
