"""What pages of this app send back."""
