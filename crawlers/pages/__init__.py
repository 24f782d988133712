"""What is known of an address: pages met before, one address in many spellings, the address for people."""
