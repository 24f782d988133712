"""What all traditions share: printed markers, numbers, provision ids and the tree while it grows."""
