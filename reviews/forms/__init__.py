"""What pages of the record and of the case tier send back."""
