"""What the page of a law shows beside its text: its profile, obligations by bearer, machine translations."""
