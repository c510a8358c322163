"""What a video is and may become. Pure."""
