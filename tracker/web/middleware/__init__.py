"""What every request passes: trusted hosts, body limits, timeouts, the response cache, error pages."""
