"""What the pages of the record send back."""
