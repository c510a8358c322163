"""Files on this machine's disk, uploaded by signed addresses and served under stable ones."""
