"""The Federal Register in USLM (``frDoc``), given back the markup of the bulk files that it was made from."""
