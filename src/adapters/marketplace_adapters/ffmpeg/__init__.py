"""The embedded video engine: turn an uploaded clip into an adaptive HLS ladder on this machine.

Read the modules in this order: `sniff` and `probe` (is it a video, and which), `ladder` (what to make of it),
`transcode`, `poster`, `storyboard` (making it), `jobs` (a job is a directory), `work` (the process that does it).
"""
