"""What templates of meetings draw with the help of a line of Python."""
