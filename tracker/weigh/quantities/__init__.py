"""Values with their type, role and bound: which became which, and what that claims."""
