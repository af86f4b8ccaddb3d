"""What the shipped model is compared with."""
