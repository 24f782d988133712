"""Rules of the Federal Register: instructions first, the new text printed apart with stars for what stays."""
