"""What people see: pages and their charts. Everything shown is read from a release; nothing is computed."""
