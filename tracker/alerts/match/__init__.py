"""Events become alerts: who is owed what, and what is taken back."""
