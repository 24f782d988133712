"""From a snapshot to a version: read, judged, recorded, confirmed."""
