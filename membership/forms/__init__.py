"""What the pages of members send back."""
