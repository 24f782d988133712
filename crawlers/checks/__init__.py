"""Is what arrived the page? Transport faults, block notices, shells and wrong types."""
