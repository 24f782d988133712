"""The practice Cellar: one regulation by content negotiation, later consolidated."""
