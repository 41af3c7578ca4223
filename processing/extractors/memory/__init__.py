"""What people confirmed about a vendor, found again on a new document; and what an approval teaches. Pure."""
